import { randomUUID } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, extname, isAbsolute, join, resolve, sep } from "node:path";
import { toText } from "../convert/to-text.ts";
import { textAt } from "../members/arguments.ts";
import { absolute, readLines, readText, writeText } from "../run/files.ts";
import { itemsOf } from "../values/items.ts";
import { NOTHING } from "../values/nothing.ts";
import type { Value } from "../values/value.ts";
import type { StaticMethod, TypeDefinition } from "./definition.ts";

export const PATH_TYPE: TypeDefinition = {
  fullName: "System.IO.Path",
  is: () => false,
  properties: { DirectorySeparatorChar: () => sep, PathSeparator: () => (sep === "/" ? ":" : ";") },
  methods: {
    ChangeExtension: (args) => textAt(args, 0).replace(/\.[^./\\]*$/, "") + textAt(args, 1).replace(/^(?=[^.])/, "."),
    Combine: (args) =>
      args.map((arg) => toText(arg)).reduce((left, right) => (isAbsolute(right) ? right : join(left, right))),
    Join: (args) => join(...args.map((arg) => toText(arg))),
    GetDirectoryName: (args) => dirname(textAt(args, 0)),
    GetExtension: (args) => extname(textAt(args, 0)),
    GetFileName: (args) => basename(textAt(args, 0).replaceAll("\\", "/")),
    GetFileNameWithoutExtension: (args) => basename(textAt(args, 0).replaceAll("\\", "/"), extname(textAt(args, 0))),
    GetFullPath: (args, caller) => resolve(caller.location, textAt(args, 0)),
    GetRandomFileName: () => `${randomUUID().slice(0, 8)}.${randomUUID().slice(0, 3)}`,
    GetTempPath: () => `${tmpdir()}${sep}`,
    GetTempFileName(_args, caller) {
      const path = join(tmpdir(), `tmp${randomUUID().slice(0, 8)}.tmp`);
      writeText(path, caller.location, "", false);
      return path;
    },
    HasExtension: (args) => extname(textAt(args, 0)) !== "",
    IsPathRooted: (args) => isAbsolute(textAt(args, 0)) || /^[A-Za-z]:[\\/]/.test(textAt(args, 0)),
  },
};

const at = (args: readonly Value[], index: number, location: string) => absolute(textAt(args, index), location);

const lines = (args: readonly Value[]) =>
  (itemsOf(args[1] ?? null) ?? [args[1] ?? ""]).map((line) => `${toText(line)}\n`).join("");

const quietly =
  (action: (args: readonly Value[], location: string) => void): StaticMethod =>
  (args, caller) => {
    action(args, caller.location);
    return NOTHING;
  };

export const FILE_TYPE: TypeDefinition = {
  fullName: "System.IO.File",
  is: () => false,
  methods: {
    AppendAllText: quietly((args, location) => writeText(textAt(args, 0), location, textAt(args, 1), true)),
    Copy: quietly((args, location) => copyFileSync(at(args, 0, location), at(args, 1, location))),
    Delete: quietly((args, location) => rmSync(at(args, 0, location), { force: true })),
    Exists: (args, caller) =>
      existsSync(at(args, 0, caller.location)) && statSync(at(args, 0, caller.location)).isFile(),
    Move: quietly((args, location) => renameSync(at(args, 0, location), at(args, 1, location))),
    ReadAllBytes: (args, caller) => new Uint8Array(readFileSync(at(args, 0, caller.location))),
    ReadAllLines: (args, caller) => readLines(textAt(args, 0), caller.location),
    ReadAllText: (args, caller) => readText(textAt(args, 0), caller.location),
    WriteAllLines: quietly((args, location) => writeText(textAt(args, 0), location, lines(args), false)),
    WriteAllText: quietly((args, location) => writeText(textAt(args, 0), location, textAt(args, 1), false)),
  },
};

export const DIRECTORY_TYPE: TypeDefinition = {
  fullName: "System.IO.Directory",
  is: () => false,
  methods: {
    CreateDirectory: (args, caller) => {
      mkdirSync(at(args, 0, caller.location), { recursive: true });
      return at(args, 0, caller.location);
    },
    Delete: quietly((args, location) => rmSync(at(args, 0, location), { recursive: args[1] === true })),
    Exists: (args, caller) =>
      existsSync(at(args, 0, caller.location)) && statSync(at(args, 0, caller.location)).isDirectory(),
    GetCurrentDirectory: (_args, caller) => caller.location,
    GetFiles: (args, caller) => entries(at(args, 0, caller.location), "isFile"),
    GetDirectories: (args, caller) => entries(at(args, 0, caller.location), "isDirectory"),
  },
};

function entries(path: string, kind: "isFile" | "isDirectory"): string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry[kind]())
    .map((entry) => join(path, entry.name));
}
