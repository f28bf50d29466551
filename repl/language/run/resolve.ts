import { existsSync, statSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import type { Command } from "../command/declaration.ts";
import { type ScriptError, scriptError } from "../errors/script-error.ts";
import type { Maybe } from "../maybe.ts";
import type { CommandInfo } from "../session.ts";
import type { Engine } from "./engine.ts";
import { functionInfo, type ScriptFunction } from "./functions.ts";
import type { Scope } from "./scope.ts";
import { nearest } from "./suggest.ts";

/** What a command's name stands for when it is run. */
export type Resolved =
  | { readonly kind: "function"; readonly name: string; readonly found: ScriptFunction }
  | { readonly kind: "command"; readonly name: string; load(): Maybe<Command> }
  | { readonly kind: "script"; readonly name: string; readonly path: string };

const MAX_ALIASES = 20;

/** Finds what a name stands for: alias, function, command, script file; undefined when there is nothing. */
export function resolveName(name: string, engine: Engine, scope: Scope): Resolved | undefined {
  let wanted = name;
  for (let step = 0; step < MAX_ALIASES; step += 1) {
    const alias = engine.aliases.get(wanted.toLowerCase());
    if (alias === undefined) break;
    wanted = alias.definition;
  }
  return (
    known(wanted, engine, scope) ??
    qualified(wanted, engine, scope) ??
    scriptFile(wanted, engine) ??
    known(`Get-${wanted}`, engine, scope)
  );
}

function known(name: string, engine: Engine, scope: Scope): Resolved | undefined {
  const found = engine.findFunction(name, scope);
  if (found) return { kind: "function", name: found.name, found };
  const entry = engine.commands.find(name);
  return entry && { kind: "command", name: entry.name, load: () => engine.load(entry) };
}

/** `Module\Name` */
function qualified(name: string, engine: Engine, scope: Scope): Resolved | undefined {
  const match = /^[A-Za-z][\w.]*\\([\w-]+)$/.exec(name);
  return match?.[1] === undefined ? undefined : known(match[1], engine, scope);
}

function scriptFile(name: string, engine: Engine): Resolved | undefined {
  const isPath = /[\\/]/.test(name) || /^~/.test(name);
  if (!isPath && !/\.ps1$/i.test(name)) return undefined;
  const path = scriptPath(name, engine);
  return path === undefined ? undefined : { kind: "script", name, path };
}

/** The file a script's name means; `.ps1` may be left out. */
export function scriptPath(name: string, engine: Engine): string | undefined {
  const home = engine.environment.HOME ?? "/";
  const portable = name.replaceAll("\\", "/").replace(/^~(?=\/|$)/, home);
  const path = isAbsolute(portable) ? portable : resolve(engine.location, portable);
  return [path, `${path}.ps1`].find((candidate) => existsSync(candidate) && statSync(candidate).isFile());
}

/** The same for those who ask about commands (`Get-Command`, completion). */
export function resolveCommand(name: string, engine: Engine, scope: Scope): CommandInfo | undefined {
  const alias = engine.aliases.get(name.toLowerCase());
  if (alias) return { kind: "alias", ...alias };
  const found = known(name, engine, scope) ?? qualified(name, engine, scope);
  if (found?.kind === "function") return { kind: "function", name: found.name, info: functionInfo(found.found) };
  const entry = engine.commands.find(found?.name ?? name);
  if (
    entry &&
    entry.name.toLowerCase() !== name.toLowerCase() &&
    entry.aliases.some((each) => each.toLowerCase() === name.toLowerCase())
  ) {
    return { kind: "alias", name, definition: entry.name };
  }
  if (entry) return { kind: "command", name: entry.name, entry, load: () => engine.load(entry) };
  const script = scriptFile(name, engine);
  return script?.kind === "script" ? script : undefined;
}

export function commandNotFound(name: string, engine: Engine, scope: Scope): ScriptError {
  const names = [...engine.commands.entries()].map((entry) => entry.name);
  const near = nearest(name, [...names, ...engine.allFunctions(scope).map((each) => each.name)]);
  const hint = near === undefined ? "" : ` Did you mean '${near}'?`;
  return scriptError(
    `The term '${name}' is not recognized as a name of a cmdlet, function, script file, or executable program. Check the spelling of the name, or if a path was included, verify that the path is correct and try again.${hint}`,
    {
      type: "System.Management.Automation.CommandNotFoundException",
      category: "ObjectNotFound",
      id: "CommandNotFoundException",
      target: name,
    },
  );
}
