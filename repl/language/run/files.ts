import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { toErrorRecord } from "../errors/from-unknown.ts";
import { ScriptError, scriptError } from "../errors/script-error.ts";

/** A path as a script writes it, on this system. */
export function absolute(path: string, location: string): string {
  const portable = path.includes("/") ? path : path.replaceAll("\\", "/");
  const expanded = portable.replace(/^~(?=\/|$)/, process.env.HOME ?? "~");
  return isAbsolute(expanded) ? expanded : resolve(location, expanded);
}

export function readText(path: string, location: string): string {
  const file = absolute(path, location);
  try {
    return readFileSync(file, "utf8").replace(/^\ufeff/, "");
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (missing) {
      throw scriptError(`Cannot find path '${file}' because it does not exist.`, {
        type: "System.Management.Automation.ItemNotFoundException",
        category: "ObjectNotFound",
        id: "PathNotFound",
        target: file,
      });
    }
    throw new ScriptError(toErrorRecord(error));
  }
}

export function readLines(path: string, location: string): string[] {
  const lines = readText(path, location).split(/\r\n|\n|\r/);
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

export function writeText(path: string, location: string, text: string, append: boolean): void {
  const file = absolute(path, location);
  try {
    if (append) appendFileSync(file, text);
    else writeFileSync(file, text);
  } catch (error) {
    throw new ScriptError(toErrorRecord(error));
  }
}
