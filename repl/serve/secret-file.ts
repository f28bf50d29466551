import { readFileSync } from "node:fs";
import { UsageError } from "../exit.ts";
import { codeOf } from "./failure.ts";

/** A name or password given as it is, or as the path of a file with it, as those are kept in containers. */
export function secretOf(value: string, flag: string): string {
  try {
    return readFileSync(value, "utf8").trim();
  } catch (error) {
    if (codeOf(error) === "EACCES") throw new UsageError(`${flag}: the file with it may not be read`);
    return value;
  }
}
