import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Host } from "../../../../../sdk/host/host.ts";
import { Vcenter } from "../../machine/vcenter.ts";
import { MemoryFiles } from "./memory-files.ts";

const auth = {
  _typeName: "NamePasswordAuthentication",
  interactiveSession: false,
  username: "root",
  password: "fargo",
} as const;
const manager = { type: "GuestFileManager", value: "guestOperationsFileManager" } as const;

/** Names are few, so that they meet. */
const path = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 3 }).map((names) => ["/srv/x", ...names].join("/"));
const step = fc.oneof(
  fc.record({ kind: fc.constant("make" as const), path, parents: fc.boolean() }),
  fc.record({ kind: fc.constant("write" as const), path, text: fc.string({ maxLength: 20 }) }),
  fc.record({ kind: fc.constant("deleteFile" as const), path }),
  fc.record({ kind: fc.constant("deleteDirectory" as const), path, recursive: fc.boolean() }),
  fc.record({ kind: fc.constant("moveFile" as const), path, to: path, overwrite: fc.boolean() }),
  fc.record({ kind: fc.constant("moveDirectory" as const), path, to: path }),
  fc.record({ kind: fc.constant("fork" as const), path }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** What a step comes to: "done", or that it was refused. */
async function outcome(work: () => unknown): Promise<string> {
  try {
    await work();
    return "done";
  } catch {
    return "refused";
  }
}

let origin: Host;
beforeAll(() => {
  origin = Host.start({ seed: 1 });
});
afterAll(() => origin.close());

/** Guests of a twin, each with its model: changes go to the last one forked. */
class Trial {
  readonly vcenter = new Vcenter(origin.fork());
  readonly guests: { readonly name: string; readonly model: MemoryFiles }[] = [
    { name: "web-01", model: new MemoryFiles() },
  ];

  constructor() {
    this.model.makeDirectory("/srv/x", { recursive: true });
    this.call("MakeDirectoryInGuest", { directoryPath: "/srv/x", createParentDirectories: true });
  }

  get model(): MemoryFiles {
    const { model } = this.guests.at(-1) ?? {};
    return model ?? new MemoryFiles();
  }

  call(method: string, args: object, name = this.guests.at(-1)?.name ?? ""): unknown {
    return this.vcenter.call(manager, method, { vm: this.vcenter.ref("VirtualMachine", name), auth, ...args });
  }

  /** All that a guest has in the directory. */
  tree(name: string, directory = "/srv/x"): string[] {
    const listed = Object(this.call("ListFilesInGuest", { filePath: directory, maxResults: 1000 }, name));
    return listed.files.slice(2).flatMap(({ path: base, type, size }: { path: string; type: string; size: number }) => {
      const below = `${directory}/${base}`;
      return type === "directory" ? [below, ...this.tree(name, below)] : [`${below} ${size}`];
    });
  }

  static modelTree(model: MemoryFiles, directory = "/srv/x"): string[] {
    return model.readDirectory(directory).flatMap((name) => {
      const below = `${directory}/${name}`;
      const { type, size } = model.linkStat(below);
      return type === "directory" ? [below, ...Trial.modelTree(model, below)] : [`${below} ${size}`];
    });
  }

  async real(each: Step): Promise<void> {
    const { host } = this.vcenter;
    switch (each.kind) {
      case "make":
        this.call("MakeDirectoryInGuest", { directoryPath: each.path, createParentDirectories: each.parents });
        return;
      case "write": {
        const bytes = new TextEncoder().encode(each.text);
        const args = { guestFilePath: each.path, fileAttributes: {}, fileSize: bytes.length, overwrite: true };
        return host.upload(String(this.call("InitiateFileTransferToGuest", args)), [bytes]);
      }
      case "deleteFile":
        this.call("DeleteFileInGuest", { filePath: each.path });
        return;
      case "deleteDirectory":
        this.call("DeleteDirectoryInGuest", { directoryPath: each.path, recursive: each.recursive });
        return;
      case "moveFile":
        this.call("MoveFileInGuest", { srcFilePath: each.path, dstFilePath: each.to, overwrite: each.overwrite });
        return;
      case "moveDirectory":
        this.call("MoveDirectoryInGuest", { srcDirectoryPath: each.path, dstDirectoryPath: each.to });
        return;
      case "fork": {
        const name = `fork-${this.guests.length}`;
        this.vcenter.instantClone(this.guests.at(-1)?.name ?? "", name);
        const model = new MemoryFiles();
        model.makeDirectory("/srv/x", { recursive: true });
        copy(this.model, model, "/srv/x");
        this.guests.push({ name, model });
      }
    }
  }
}

function copy(from: MemoryFiles, to: MemoryFiles, directory: string): void {
  for (const name of from.readDirectory(directory)) {
    const below = `${directory}/${name}`;
    if (from.linkStat(below).type === "directory") {
      to.makeDirectory(below);
      copy(from, to, below);
    } else to.writeFile(below, from.readFile(below));
  }
}

/** The same on the model, by what the methods' descriptions say. */
function naive(model: MemoryFiles, each: Step): void {
  const isDirectory = (at: string) => model.exists(at) && model.stat(at).type === "directory";
  const refuse = (when: boolean) => {
    if (when) throw new Error("refused");
  };
  switch (each.kind) {
    case "make":
      refuse(model.exists(each.path));
      model.makeDirectory(each.path, { recursive: each.parents });
      return;
    case "write":
      model.writeFile(each.path, new TextEncoder().encode(each.text));
      return;
    case "deleteFile":
      refuse(isDirectory(each.path));
      model.remove(each.path);
      return;
    case "deleteDirectory":
      refuse(!isDirectory(each.path));
      model.remove(each.path, { recursive: each.recursive });
      return;
    case "moveFile":
      refuse(isDirectory(each.path) || isDirectory(each.to) || (!each.overwrite && model.exists(each.to)));
      model.rename(each.path, each.to);
      return;
    case "moveDirectory":
      refuse(!isDirectory(each.path) || model.exists(each.to));
      model.rename(each.path, each.to);
      return;
    case "fork":
  }
}

describe("any file operations in a guest and its forks", () => {
  it("come to what a naive model says, each guest with files of its own", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const trial = new Trial();
        // The directory that all happens in may not go.
        for (const each of steps.filter(
          ({ kind, path: at }) => kind === "fork" || kind === "make" || at !== "/srv/x",
        )) {
          const { model } = trial;
          expect(await outcome(() => trial.real(each))).toBe(await outcome(() => naive(model, each)));
        }
        for (const { name, model } of trial.guests) expect(trial.tree(name)).toEqual(Trial.modelTree(model));
        trial.vcenter.close();
      }),
      { numRuns: 15 },
    );
  });
});
