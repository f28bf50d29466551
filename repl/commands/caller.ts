import type { CommandContext } from "../language/index.ts";
import type { Caller } from "../language/types/definition.ts";

/** What methods of built-in types need of whoever calls them, for a command. */
export function callerOf(ctx: Pick<CommandContext<unknown>, "block" | "session">): Caller {
  return {
    invoke: (block, args, item) => ctx.block(block).value(item ?? null, ...args),
    location: ctx.session.location,
    environment: process.env,
    setExitCode() {},
  };
}
