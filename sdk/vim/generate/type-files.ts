import { dataFiles } from "./data-types.ts";
import { managedFiles } from "./managed-types.ts";

/** All the types of vim25: path below `generated/` -> text. */
export function typeFiles(): Map<string, string> {
  return new Map([...dataFiles(), ...[...managedFiles()].map(([file, text]) => [`managed/${file}`, text] as const)]);
}
