import type { Session } from "../../language/index.ts";

export interface Alias {
  readonly alias: string;
  readonly definition: string;
  /** What the command it stands for does. */
  readonly summary: string;
}

/** The aliases of the commands and those that the session has made, which come before them. */
export function allAliases(session: Session): Alias[] {
  const found = new Map<string, Alias>();
  for (const { name, aliases, summary } of session.commands.entries()) {
    for (const alias of aliases) found.set(alias.toLowerCase(), { alias, definition: name, summary });
  }
  for (const { name, definition } of session.aliases.values()) {
    const summary = session.commands.find(definition)?.summary ?? "";
    found.set(name.toLowerCase(), { alias: name, definition, summary });
  }
  return [...found.values()].sort((left, right) => left.alias.localeCompare(right.alias, "en"));
}
