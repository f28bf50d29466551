import { fault } from "../faults.ts";

/** vSphere keeps these three escaped in the names of entities, so that a name is one element of an inventory path. */
const escapes: Readonly<Record<string, string>> = { "%": "%25", "/": "%2f", "\\": "%5c" };

/** A name as the vim25 view shows it. */
export function escapeName(name: string): string {
  return /[%/\\]/.test(name) ? name.replace(/[%/\\]/g, (character) => escapes[character] ?? character) : name;
}

/** A name as a caller wrote it, escaped or not, as it is kept. */
export function unescapeName(name: string): string {
  return name.includes("%") ? name.replace(/%(25|2f|5c)/gi, (sequence) => decodeURIComponent(sequence)) : name;
}

/** What a caller wants to call an entity, as it is kept. Throws InvalidName: vSphere takes 1 to 80 characters. */
export function wantedName(name: string): string {
  const kept = unescapeName(name);
  if (kept.length > 0 && [...kept].length <= 80 && kept.trim() !== "") return kept;
  const why = kept.trim() === "" ? "It is empty." : `It has ${[...kept].length} characters; 80 are the most.`;
  throw fault("InvalidName", { name }, `The name '${name.slice(0, 200)}' is not valid. ${why}`);
}
