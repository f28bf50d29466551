import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OpenedFiles } from "../../../../../sdk/host/guest/files/opened-files.ts";
import { FilesModel, type Item, Refused } from "./files-model.ts";
import { codeOf, GuestDisk, hasTools } from "./guest-disk.ts";
import { smallImage } from "./small-images.ts";

/** What to do, and four numbers to take arguments from. */
type Step = readonly [kind: number, a: number, b: number, c: number, d: number];

const names = ["a", "b", "c", "long-".repeat(40), "zäöß"] as const;
const targets = ["a", "/a/b", "../c", "/", "..", "loop", "b/../a", "/c/a/", "."] as const;

function pick<T>(from: readonly T[], at: number): T {
  const item = from[at % from.length];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
}

/** A path of one to three names, with what paths may have in them besides. */
function pathOf(number: number): string {
  const depth = 1 + (number % 3);
  const parts = Array.from({ length: depth }, (_, i) => pick(names, Math.floor(number / 3 / 7 ** i)));
  if (number % 23 === 0) parts.splice(1, 0, "..");
  if (number % 29 === 0) parts.push(".");
  return `/${parts.join(number % 31 === 0 ? "//" : "/")}${number % 37 === 0 ? "/" : ""}`;
}

function contentOf(b: number, d: number): Buffer {
  const bytes = Buffer.alloc(pick([0, 1, 5, 100, 4095, 4096, 4097, 9000, 60_000], b));
  for (let i = 0; i < bytes.length; i++) bytes[i] = (d * 31 + i * 7 + (i >>> 8)) & (d % 4 === 0 ? 0 : 0xff);
  return bytes;
}

/** One step in one of the two: answers what it tells, or the code of what it throws. */
function outcome(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refused) return error.code;
    return codeOf(() => {
      throw error;
    });
  }
}

const typeOf = (item: Item) =>
  item.type === "file"
    ? [item.type, item.bytes.length, item.mode, item.links]
    : item.type === "directory"
      ? [item.type, item.mode]
      : [item.type, Buffer.byteLength(item.target)];

function statOf(files: OpenedFiles, path: string, follow: boolean): unknown {
  const { type, size, mode, links } = follow ? files.stat(path) : files.linkStat(path);
  return type === "file" ? [type, size, mode, links] : type === "directory" ? [type, mode] : [type, size];
}

function act(files: OpenedFiles, model: FilesModel, [kind, a, b, c, d]: Step): [real: unknown, expected: unknown] {
  const path = pathOf(a);
  const other = pathOf(c);
  const recursive = d % 2 === 0;
  const both = (real: () => unknown, expected: () => unknown): [unknown, unknown] => [outcome(real), outcome(expected)];
  switch (kind % 15) {
    case 0:
    case 1:
    case 2: {
      const bytes = contentOf(b, d);
      const options = { append: kind % 2 === 0, exclusive: d % 7 === 0, mode: 0o600 + (d % 8) };
      return both(
        () => files.writeFile(path, bytes, options),
        () => model.write(path, bytes, options),
      );
    }
    case 3:
    case 4:
      return both(
        () => files.makeDirectory(path, { recursive }),
        () => model.makeDirectory(path, recursive),
      );
    case 5:
      return both(
        () => files.remove(path, { recursive }),
        () => model.remove(path, recursive),
      );
    case 6:
    case 7:
      return both(
        () => files.rename(path, other),
        () => model.rename(path, other),
      );
    case 8: {
      const target = pick(targets, b);
      return both(
        () => files.symlink(target, path),
        () => model.symlink(target, path),
      );
    }
    case 9:
      return both(
        () => files.link(path, other),
        () => model.link(path, other),
      );
    case 10:
      return both(
        () => files.truncate(path, b * 3),
        () => model.truncate(path, b * 3),
      );
    case 11:
      return both(
        () => files.setMode(path, b % 0o7777),
        () => model.setMode(path, b % 0o7777),
      );
    case 12:
      return both(
        () => Buffer.from(files.readFile(path)).toString("base64"),
        () => model.file(path).bytes.toString("base64"),
      );
    case 13: {
      const item = () => model.existing(path, true).item;
      return both(
        () => namesIn(files, path).join(),
        () => {
          const found = item();
          if (found.type !== "directory") throw new Refused("ENOTDIR");
          return [...found.names.keys()].sort().join();
        },
      );
    }
    default:
      return both(
        () => statOf(files, path, recursive),
        () => typeOf(model.existing(path, recursive).item),
      );
  }
}

/** mke2fs has made a directory for what e2fsck finds. */
const namesIn = (files: OpenedFiles, path: string) => files.readDirectory(path).filter((name) => name !== "lost+found");

/** Everything there is below a directory, by path. */
function sameTree(files: OpenedFiles, path: string, item: Item): void {
  expect(statOf(files, path, false), path).toEqual(typeOf(item));
  if (item.type === "file") expect(Buffer.compare(files.readFile(path), item.bytes), path).toBe(0);
  else if (item.type === "symlink") expect(files.readLink(path)).toBe(item.target);
  else {
    expect(namesIn(files, path), path).toEqual([...item.names.keys()].sort());
    for (const [name, child] of item.names) sameTree(files, path === "/" ? `/${name}` : `${path}/${name}`, child);
  }
}

function run(steps: readonly Step[]): { disk: GuestDisk; model: FilesModel } {
  const disk = new GuestDisk(smallImage("plain"));
  const model = new FilesModel();
  for (let at = 0; at < steps.length; ) {
    // Some work does one thing, some a dozen.
    const end = at + 1 + ((steps[at]?.[0] ?? 0) % 12);
    disk.change((files) => {
      for (const step of steps.slice(at, end)) {
        const [real, expected] = act(files, model, step);
        // The model's disk is endless: what does not fit is left out there as well.
        if (real === "ENOSPC") throw new Error("the disk of the test is too small");
        expect(real, JSON.stringify(step)).toEqual(expected);
      }
    });
    at = end;
  }
  disk.read((files) => sameTree(files, "/", model.root));
  return { disk, model };
}

/** The files below a directory, by path. */
function* filesOf(item: Item, path: string): Generator<[path: string, bytes: Buffer]> {
  if (item.type === "file") yield [path, item.bytes];
  else if (item.type === "directory") for (const [name, child] of item.names) yield* filesOf(child, `${path}/${name}`);
}

const number = fc.nat(0xffff);
const step = fc.tuple(number, number, number, number, number);

describe("files of a guest do as a naive model of Linux does, and fail as it fails,", () => {
  it("after every one of some 5,000 random steps", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 300, size: "max" }), (steps) => {
        run(steps);
      }),
      { numRuns: 30, endOnFailure: true },
    );
  });

  it.skipIf(!hasTools)(
    "and leave a filesystem that e2fsck finds clean and debugfs reads (skipped without e2fsprogs)",
    () => {
      for (const seed of [1, 2, 3, 4]) {
        const [steps = []] = fc.sample(fc.array(step, { minLength: 250, maxLength: 300, size: "max" }), {
          seed,
          numRuns: 1,
        });
        const { disk, model } = run(steps);
        expect(disk.check()).toBe("");
        for (const [path, bytes] of [...filesOf(model.root, "")].slice(0, 4))
          expect(Buffer.compare(disk.debugfs(`cat "${path}"`), bytes), path).toBe(0);
      }
    },
  );
});
