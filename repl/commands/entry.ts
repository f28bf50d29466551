import type { Command, CommandEntry, Maybe } from "../language/index.ts";

/** One line of a table of commands; `aliases` separated by blanks. The module is loaded when the command is called. */
export type CommandLine = readonly [name: string, aliases: string, summary: string, load: () => Promise<object>];

/** The entry of a line: the command is the export of the loaded module that has the line's name. */
export function lazyEntry([name, aliases, summary, load]: CommandLine, module: string): CommandEntry {
  let loaded: Command | undefined;
  return {
    name,
    aliases: aliases === "" ? [] : aliases.split(" "),
    summary,
    module,
    // Synchronous from the second call on: a pipeline of known commands never waits.
    load(): Maybe<Command> {
      if (loaded !== undefined) return loaded;
      return load().then((exports) => {
        loaded = Object.values(exports).find((value) => isCommand(value) && value.name === name);
        if (loaded === undefined) throw new Error(`The module of ${name} has no such command.`);
        return loaded;
      });
    },
  };
}

function isCommand(value: unknown): value is Command {
  return typeof value === "object" && value !== null && "name" in value && "parameters" in value;
}
