import type { Session } from "../language/index.ts";
import type { Candidate } from "./candidate.ts";
import { startsWith } from "./common.ts";

const always = [
  "_",
  "args",
  "Error",
  "false",
  "HOME",
  "input",
  "null",
  "PSScriptRoot",
  "PSVersionTable",
  "PWD",
  "true",
];
const scopes = ["env:", "global:", "script:", "local:"];

/** Variables by how they begin; `$env:` has those of the environment. Names that need braces get them. */
export function variableCandidates(session: Session, typed: string): readonly Candidate[] {
  const braced = typed.startsWith("${");
  const sign = typed.charAt(0);
  const start = typed.slice(braced ? 2 : 1);
  const scope = scopes.find((one) => startsWith(start, one)) ?? "";
  const name = start.slice(scope.length);
  const known =
    scope === "env:"
      ? Object.keys(session.environment)
      : [...session.variables().map((one) => one.name), ...(scope === "" ? always : [])];
  const found = new Map<string, string>();
  for (const one of known) if (startsWith(one, name)) found.set(one.toLowerCase(), one);
  return [...found.values()]
    .sort((a, b) => a.localeCompare(b, "en"))
    .map((one) => {
      const plain = !braced && /^[\p{L}\p{N}_?]+$/u.test(one);
      return { value: plain ? sign + scope + one : `${sign}{${scope}${one}}`, label: one };
    });
}
