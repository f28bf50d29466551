import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { compile, type WasmModule } from "./web-assembly.ts";

/** e2fsprogs as the package `ext2fs` has it: compiled, with the short names that its imports and exports got when it was linked. */
export interface Ext2Module {
  readonly module: WasmModule;
  /** The module that all imports are asked of. */
  readonly from: string;
  /** What the library calls -> its short name. */
  readonly imports: ReadonlyMap<string, string>;
  readonly exports: ReadonlyMap<string, string>;
}

let loaded: Ext2Module | undefined;

/**
 * The library, loaded when it is first needed (some 20 ms). The package's own interface is asynchronous, has one queue for all
 * disks, and reads the real clock; so only its code is used, which it carries in a script that must not be run: it installs
 * handlers for the whole process.
 */
export function ext2Module(): Ext2Module {
  if (loaded) return loaded;
  const require = createRequire(import.meta.url);
  loaded = load(readFileSync(require.resolve("ext2fs/lib/libext2fs.js"), "latin1"));
  return loaded;
}

function load(script: string): Ext2Module {
  const code = /data:application\/octet-stream;base64,([A-Za-z0-9+/=]+)/.exec(script)?.[1];
  const links = /asmLibraryArg=\{([^}]*)\}/.exec(script)?.[1];
  const from = /var info=\{"(\w+)":asmLibraryArg\}/.exec(script)?.[1];
  if (code === undefined || links === undefined || from === undefined)
    throw new Error("The package ext2fs has another form than the versions 4.2 that this was written for.");
  const imports = [...links.matchAll(/"([^"]+)":_*(\w+)/g)].map(([, short = "", name = ""]) => [name, short] as const);
  const calls = script.matchAll(/Module\["_+(\w+)"\]=function\(\)\{return\([^;]*?Module\["asm"\]\["([^"]+)"\]/g);
  const exports = [...calls].map(([, name = "", short = ""]) => [name, short] as const);
  const bytes = Buffer.from(code, "base64");
  letMemoryGrow(bytes);
  return { module: compile(bytes), from, imports: new Map(imports), exports: new Map(exports) };
}

/**
 * The library was linked with 16 MiB of memory and no more, which the bitmaps of a large disk exceed. The most that its memory may
 * be is a number of two bytes in its memory section (number 5: count, flags, least, most); it becomes the largest of two bytes.
 */
function letMemoryGrow(bytes: Uint8Array): void {
  let at = 8;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const section = bytes[at++];
    const end = number() + at;
    if (section === 5 && number() === 1 && (number() & 1) === 1) {
      number();
      if (end - at === 2) bytes.set([0xff, 0x7f], at);
      return;
    }
    at = end;
  }
}
