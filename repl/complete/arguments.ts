import type { ParameterSpec, Session } from "../language/index.ts";
import type { Candidate } from "./candidate.ts";
import { startsWith } from "./common.ts";
import { objectNames, propertiesOf } from "./names.ts";
import {
  isCommon,
  type NamedSpec,
  type Parameters,
  parameterFor,
  parameterNamed,
  parametersOf,
  parametersOfFunction,
} from "./parameters.ts";
import { pathCandidates } from "./paths.ts";
import { literal } from "./quote.ts";
import type { Trail } from "./trail.ts";

/** desk-2 before desk-10. */
const inOrder = new Intl.Collator("en", { numeric: true });

async function commandOf(session: Session, { command }: Trail): Promise<Parameters | undefined> {
  let found = command === undefined ? undefined : session.findCommand(command);
  if (found?.kind === "alias") found = session.findCommand(found.definition);
  if (found?.kind === "function") return parametersOfFunction(found.info);
  return found?.kind === "command" ? found.load() : undefined;
}

/** The parameters that are left to give; those that every command has are offered once one has typed a letter. */
export async function parameterCandidates(
  session: Session,
  trail: Trail,
  typed: string,
): Promise<readonly Candidate[]> {
  const command = await commandOf(session, trail);
  if (command === undefined) return [];
  const name = typed.slice(1);
  const given = new Set<string | undefined>();
  for (const item of trail.items) if (item !== "value") given.add(parameterNamed(command, item.parameter)?.name);
  return parametersOf(command)
    .filter((one) => startsWith(one.name, name) && !given.has(one.name) && one.spec.hidden !== true)
    .filter((one) => name !== "" || !isCommon(one))
    .map((one) => ({ value: `-${one.name}`, ends: true }));
}

/** What the parameter at the cursor takes: one of its values, names of objects, properties, files. */
export async function argumentCandidates(session: Session, trail: Trail, typed: string): Promise<readonly Candidate[]> {
  const command = await commandOf(session, trail);
  const parameter = command === undefined ? undefined : parameterFor(command, trail);
  const values = parameter === undefined ? [] : await valuesOf(session, trail, parameter, typed);
  if (values.length > 0) return values;
  // what looks like a path is one
  return parameter === undefined || /[\\/]|^[.~]/.test(typed) ? pathCandidates(typed, session.location) : [];
}

async function valuesOf(
  session: Session,
  trail: Trail,
  { name, spec }: NamedSpec,
  typed: string,
): Promise<readonly Candidate[]> {
  if (spec.values !== undefined) return offer(spec.values, typed);
  if (spec.type === "bool") return offer(["$true", "$false"], typed);
  switch (spec.complete) {
    case undefined:
      return /Path$|^File/i.test(name) ? pathCandidates(typed, session.location) : [];
    case "File":
    case "Directory":
      return pathCandidates(typed, session.location);
    case "Property":
      return offer(await propertiesOf(session, trail.upstream), typed);
    case "Command":
      return offer(
        Array.from(session.commands.entries(), (entry) => entry.name),
        typed,
      );
    default:
      return objectCandidates(session, spec, spec.complete, typed);
  }
}

/** Names of objects; for a parameter that takes wildcards, so that a bracket in a name is not taken for one. */
async function objectCandidates(session: Session, spec: ParameterSpec, kind: string, typed: string) {
  const name = spec.wildcard === true ? typed.replace(/`(.)/gs, "$1") : typed;
  const found = offer(await objectNames(session, kind, name), name);
  return spec.wildcard === true ? found.map((one) => ({ ...one, value: literal(one.value), label: one.value })) : found;
}

function offer(words: readonly string[], typed: string): readonly Candidate[] {
  return words
    .filter((word) => startsWith(word, typed))
    .map((value) => ({ value, ends: true }))
    .sort((a, b) => inOrder.compare(a.value, b.value));
}
