import { WORD_OPERATORS } from "../language/ast/operators.ts";
import type { Session } from "../language/index.ts";
import type { Candidate } from "./candidate.ts";
import { startsWith } from "./common.ts";
import { pathCandidates } from "./paths.ts";
import { quote } from "./quote.ts";

const byName = (a: Candidate, b: Candidate): number => (a.value.toLowerCase() < b.value.toLowerCase() ? -1 : 1);

const keywords = ["foreach", "function", "switch", "while", "return", "throw", "param"];

/** Commands, functions and keywords by how they begin; scripts by their path. An alias is offered where nothing else is. */
export function commandCandidates(session: Session, typed: string): readonly Candidate[] {
  if (/^[.~]?[\\/]|^\.\.[\\/]|[\\/]/.test(typed)) {
    const paths = pathCandidates(typed, session.location);
    return paths.map((path) =>
      quote(path.value) === path.value ? path : { ...path, value: `& ${quote(path.value)}` },
    );
  }
  const names = new Set<string>();
  const aliases = new Set<string>();
  for (const entry of session.commands.entries()) {
    if (startsWith(entry.name, typed)) names.add(entry.name);
    for (const alias of entry.aliases) if (startsWith(alias, typed)) aliases.add(alias);
  }
  for (const { name } of session.functions()) if (startsWith(name, typed)) names.add(name);
  if (typed !== "") for (const word of keywords) if (startsWith(word, typed)) names.add(word);
  const offered = names.size > 0 ? names : aliases;
  return [...offered].map((value) => ({ value, ends: true })).sort(byName);
}

/** `-eq`, `-like` and the others; the case-sensitive forms once one has typed a `c`. */
export function operatorCandidates(typed: string): readonly Candidate[] {
  const words = [...WORD_OPERATORS].filter(([word, { operator }]) => word === operator || /^-[ci]/i.test(typed));
  return [...words.map(([word]) => `-${word}`), "-not", "-bnot"]
    .filter((word) => startsWith(word, typed))
    .map((value) => ({ value, ends: true }))
    .sort(byName);
}

const types = [
  "array",
  "bool",
  "char",
  "datetime",
  "decimal",
  "double",
  "hashtable",
  "int",
  "long",
  "math",
  "object",
  "ordered",
  "pscredential",
  "pscustomobject",
  "regex",
  "scriptblock",
  "securestring",
  "string",
  "switch",
  "timespan",
  "version",
];

/** The short names of types. */
export function typeCandidates(typed: string): readonly Candidate[] {
  return types.filter((name) => startsWith(name, typed)).map((value) => ({ value }));
}
