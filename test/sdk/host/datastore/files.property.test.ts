import { equal } from "node:assert/strict";
import fc from "fast-check";
import { expect, it } from "vitest";
import { bringFile, fetchFile } from "../../../../sdk/host/datastore/door.ts";
import { asFault } from "../../../../sdk/host/faults.ts";
import { brokenInvariants } from "../invariants.ts";
import { expectConsistent } from "../machine/invariants.ts";
import { Model, type Thing } from "./model.ts";
import { Store } from "./store.ts";

const name = fc.constantFrom("a", "b", "c.vmdk", "d.vmdk", "é");
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
const text = fc.oneof(
  fc.constantFrom("", "x"),
  fc.integer({ min: 1, max: 9000 }).map((n) => "y".repeat(n)),
);

const step = fc.oneof(
  fc.record({ do: fc.constant("mkdir" as const), path, flag: fc.boolean() }),
  fc.record({ do: fc.constant("upload" as const), path, text }),
  fc.record({ do: fc.constant("disk" as const), path, kb: fc.constantFrom(4, 64, 1000), flag: fc.boolean() }),
  fc.record({ do: fc.constant("remove" as const), path }),
  fc.record({ do: fc.constant("copy" as const), path, to: path, flag: fc.boolean() }),
  fc.record({ do: fc.constant("move" as const), path, to: path, flag: fc.boolean() }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const at = (path: string) => `[local-01] ${path}`;
const url = (path: string) => `/folder/${path.split("/").map(encodeURIComponent).join("/")}?dcPath=DC0&dsName=local-01`;

class Trial {
  readonly vc = new Store();
  readonly model = new Model();
  readonly free = this.vc.free("local-01");
  readonly client = this.vc.host.connect({ loggedIn: true, userAgent: "test" });
  readonly before = this.vc.names("[local-01]");

  async take(step: Step): Promise<void> {
    const model = new Model();
    model.things = new Map(this.model.things);
    const expected = this.#expect(model, step);
    let refused: string | undefined;
    try {
      await this.#do(step);
    } catch (error) {
      refused = "fault" in Object(error) ? Object(error).fault._typeName : asFault(error).fault._typeName;
    }
    // Where a disk's blocks would lie, or which of two reasons comes first, is not the model's to know.
    equal(refused === undefined, expected === undefined, `${JSON.stringify(step)}: ${refused} instead of ${expected}`);
    if (expected === undefined) this.model.things = model.things;
  }

  async check(): Promise<void> {
    const { vc, model } = this;
    equal(this.free - vc.free("local-01"), model.taken, "room that is taken");
    const folders = ["", ...[...model.things].flatMap(([path, { kind }]) => (kind === "folder" ? [path] : []))];
    for (const folder of folders) {
      const names = vc.names(at(folder)).filter((one) => folder !== "" || !this.before.includes(one));
      expect([folder, names.sort()]).toEqual([folder, model.list(folder)]);
    }
    for (const [path, thing] of model.things)
      if (thing.kind !== "folder") equal(await this.#read(path, thing), thing.text);
  }

  end(): void {
    expectConsistent(this.vc);
    expect(brokenInvariants(this.vc.host)).toEqual([]);
    this.vc.close();
  }

  #expect(model: Model, step: Step): string | undefined {
    switch (step.do) {
      case "mkdir":
        return model.makeDirectory(step.path, step.flag);
      case "upload":
        return model.put(step.path, { kind: "file", text: step.text });
      case "disk": {
        if (!step.path.endsWith(".vmdk")) return "InvalidArgument";
        return model.things.has(step.path)
          ? "FileAlreadyExists"
          : model.put(step.path, { kind: "disk", text: "", kb: step.kb, thick: step.flag });
      }
      case "remove":
        return model.remove(step.path);
      default:
        return model.transfer(step.path, step.to, step.flag, step.do === "move");
    }
  }

  async #do(step: Step): Promise<void> {
    const { vc } = this;
    switch (step.do) {
      case "mkdir":
        return vc.makeDirectory(at(step.path), step.flag);
      case "upload":
        await bringFile(vc.host, this.client, url(step.path), [Buffer.from(step.text)]);
        return;
      case "disk":
        return vc.createDisk(at(step.path), step.kb, step.flag ? "thick" : "thin");
      case "remove":
        return vc.remove(at(step.path));
      case "copy":
        return vc.copy(at(step.path), at(step.to), step.flag);
      default:
        return vc.move(at(step.path), at(step.to), step.flag);
    }
  }

  async #read(path: string, thing: Exclude<Thing, { kind: "folder" }>): Promise<string> {
    if (thing.kind === "disk") return thing.text;
    const chunks: Uint8Array[] = [];
    for await (const chunk of fetchFile(this.vc.host, this.client, url(path))) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  }
}

it("directories, files and disks agree with a naive model in names, bytes and room, whatever is done to them", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const trial = new Trial();
      try {
        for (const one of steps) await trial.take(one);
        await trial.check();
        trial.end();
      } finally {
        trial.vc.close();
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);
