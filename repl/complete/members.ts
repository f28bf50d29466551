import { isMembers, parse, type Session, toText, type Value } from "../language/index.ts";
import { propertyNames } from "../render/properties.ts";
import type { Candidate } from "./candidate.ts";
import { startsWith } from "./common.ts";
import { propertiesOf } from "./names.ts";
import { objectAt } from "./object.ts";
import type { Place } from "./place.ts";

/** Properties and methods of what stands before the dot. It is evaluated only when that does nothing but read. */
export async function memberCandidates(
  session: Session,
  { word, trail }: Place,
  text: string,
): Promise<readonly Candidate[]> {
  const object = objectAt(parse(text), text.length);
  if (object === undefined) return [];
  const [value = null] = await session.evaluate(text.slice(object.start, object.end));
  const isItem = object.kind === "Variable" && /^(_|PSItem)$/i.test(object.name);
  const names = value === null && isItem ? await propertiesOf(session, trail.around) : memberNames(value);
  return names
    .filter((name) => startsWith(name, word.text))
    .map((name) => ({ value: /^\w+$/.test(name) ? name : `'${name.replaceAll("'", "''")}'`, label: name }))
    .sort((a, b) => a.value.localeCompare(b.value, "en"));
}

const textMembers = [
  "Contains",
  "EndsWith",
  "IndexOf",
  "Length",
  "PadLeft",
  "PadRight",
  "Replace",
  "Split",
  "StartsWith",
  "Substring",
  "ToLower",
  "ToUpper",
  "Trim",
  "TrimEnd",
  "TrimStart",
];

function memberNames(value: Value): readonly string[] {
  if (typeof value === "string") return textMembers;
  if (isMembers(value)) return value.memberNames();
  return propertyNames(value).map((name) => toText(name));
}
