import type { ResolvedCommandContext } from "just-bash";
import { runToolsCommand } from "./commands/tools.ts";
import type { GuestCommand } from "./guest-shell.ts";
import { ask, baseName } from "./internal-names.ts";
import { done, say } from "./output.ts";
import { positionalOf } from "./shell-state.ts";

/** Under `set -e` a status that is only passed on must not end the script. */
function passedOn(status: number, { env }: ResolvedCommandContext) {
  return done(env.get("SHELLOPTS")?.includes("errexit") ? 0 : status);
}

/** What a walk asks the shell: see `internal-names.ts`. */
export const internalCommands: ReadonlyMap<string, GuestCommand> = new Map<string, GuestCommand>(
  Object.entries<GuestCommand>({
    [ask.status]: ({ told }, [status], context) => {
      told.status = Number(status ?? 0);
      return passedOn(told.status, context);
    },
    [ask.words]: ({ told }, words, { env }) => {
      told.words = words;
      told.positional = positionalOf(env);
      return done();
    },
    [ask.values]: ({ told }, names, { env }) => {
      told.values = new Map(names.map((name) => [name, env.get(name)]));
      return done();
    },
    [ask.branch]: ({ told }, [branch]) => {
      told.branches.push(Number(branch));
      return done();
    },
    [ask.state]: ({ told, umask }, [status, declarations = "", functions = ""], context) => {
      told.state = {
        status: Number(status ?? 0),
        declarations,
        functions: functions
          .split("\n")
          .map((line) => line.replace(/^declare -f\S* /, ""))
          .filter((name) => name !== ""),
        variables: new Map(context.env),
        directory: context.cwd,
        umask,
      };
      return passedOn(told.state.status, context);
    },
    [ask.turn]: async (session) => {
      await session.turn();
      return done();
    },
    [ask.rpctool]: (session, args) => runToolsCommand(session, args[0], true),
    [ask.vmtoolsd]: (session, args) => runToolsCommand(session, args[args.indexOf("--cmd") + 1], true),
    [ask.special]: (session, [name]) => say(`${session.special(name ?? "")}\n`),
  }).map(([path, run]) => [baseName(path), run]),
);
