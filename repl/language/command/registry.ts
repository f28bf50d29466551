import type { Maybe } from "../maybe.ts";
import type { Command } from "./declaration.ts";

/** One line of the table of commands; the command itself is loaded when it is first called. */
export interface CommandEntry {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  /** The module it is counted to by `Get-Command -Module`. */
  readonly module?: string;
  load(): Maybe<Command>;
}

/** The commands a session knows besides its functions. */
export interface CommandRegistry {
  /** By name or alias, in any case. */
  find(name: string): CommandEntry | undefined;
  entries(): Iterable<CommandEntry>;
}

/** A registry over a table. */
export function commandRegistry(entries: Iterable<CommandEntry>): CommandRegistry {
  const all = [...entries];
  const byName = new Map<string, CommandEntry>();
  for (const entry of all) for (const alias of entry.aliases) byName.set(alias.toLowerCase(), entry);
  for (const entry of all) byName.set(entry.name.toLowerCase(), entry);
  return { find: (name) => byName.get(name.toLowerCase()), entries: () => all };
}

/** The entry of a command that is loaded already. */
export function entryOf(command: Command, module?: string): CommandEntry {
  const { name, aliases, summary } = command;
  return { name, aliases, summary, ...(module === undefined ? {} : { module }), load: () => command };
}
