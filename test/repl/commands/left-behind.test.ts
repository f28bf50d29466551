import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { inDirectory, run } from "./run.ts";

const failures = async (script: string, location: string): Promise<string[]> =>
  (await run(script, { location })).errors.map(String);

test("an export that fails leaves no folder behind, and those that were there stay", () =>
  inDirectory(async (directory) => {
    expect(await failures("Export-VApp golden -Destination a/b", directory)).toEqual([
      expect.stringContaining("poweredOn"),
    ]);
    expect(await failures("Export-HardDisk golden c/d/x.vmdk -DiskKey 9", directory)).toEqual([
      expect.stringContaining("no disk with the key 9"),
    ]);
    expect(await readdir(directory)).toEqual([]);
  }));

test("a copy from a datastore that finds nothing makes no file, and empties none", () =>
  inDirectory(async (directory) => {
    await writeFile(join(directory, "mine"), "mine");
    const nothing = "vmstore:\\DC0\\vmfs-01\\web-02\\nothing.vmdk";
    const script = `Copy-DatastoreItem ${nothing} .; Copy-DatastoreItem ${nothing} mine`;
    expect(await failures(script, directory)).toHaveLength(2);
    expect(await readdir(directory)).toEqual(["mine"]);
    expect(await readFile(join(directory, "mine"), "utf8")).toBe("mine");
  }));

test("a directory is no package, and a disk of no size no disk", () =>
  inDirectory(async (directory) => {
    expect(await failures("Import-VApp .", directory)).toEqual([expect.stringContaining("it is a directory")]);
    expect(await failures("New-HardDisk web-01 -CapacityGB 0", directory)).toEqual([
      expect.stringContaining("at least 1 KiB"),
    ]);
  }));
