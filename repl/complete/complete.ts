import type { Completions } from "../editor/menu.ts";
import { parse, type Session } from "../language/index.ts";
import { argumentCandidates, parameterCandidates } from "./arguments.ts";
import { type Candidate, completionsOf, nothing } from "./candidate.ts";
import { memberCandidates } from "./members.ts";
import { pathCandidates } from "./paths.ts";
import { type Place, placeAt } from "./place.ts";
import { variableCandidates } from "./variables.ts";
import { commandCandidates, operatorCandidates, typeCandidates } from "./words.ts";

/**
 * What may stand at the cursor of a line: commands, parameters and their values, variables, members, files, names of the
 * inventory.
 *
 * @example
 * ```ts
 * (await complete(session, "Get-VMH", 7)).items[0].text; // "Get-VMHost "
 * ```
 */
export async function complete(session: Session, line: string, cursor: number): Promise<Completions> {
  const text = line.slice(0, cursor);
  const script = parse(text);
  const place = placeAt(text, script.tokens);
  const candidates = await candidatesFor(session, place, text);
  if (candidates.length === 0) return nothing;
  const quoted = place.kind === "argument" || place.kind === "path";
  const found = completionsOf(place.word, candidates, quoted);
  // the closing quote that stands there already belongs to the word
  const { begun } = place.word;
  return begun !== "" && line.startsWith(begun, cursor) ? { ...found, to: cursor + 1 } : found;
}

function candidatesFor(
  session: Session,
  place: Place,
  text: string,
): Promise<readonly Candidate[]> | readonly Candidate[] {
  const { word, trail } = place;
  switch (place.kind) {
    case "command":
      return commandCandidates(session, word.text);
    case "parameter":
      return parameterCandidates(session, trail, word.text);
    case "argument":
      return argumentCandidates(session, trail, word.text);
    case "variable":
      return variableCandidates(session, word.text);
    case "member":
      return memberCandidates(session, place, text);
    case "operator":
      return operatorCandidates(word.text);
    case "type":
      return typeCandidates(word.text);
    case "path":
      return pathCandidates(word.text, session.location);
    case "none":
      return [];
  }
}
