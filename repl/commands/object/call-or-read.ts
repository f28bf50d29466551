import { after, type CommandContext, type Maybe, ScriptError, type Value } from "../../language/index.ts";
import { findMember } from "../../language/members/access.ts";
import { invokeMember } from "../../language/members/invoke.ts";
import { callerOf } from "../caller.ts";

/** `ForEach-Object Name`: puts out the property of that name, or what the method of that name returns. */
export function callOrRead(
  ctx: CommandContext<unknown>,
  item: Value,
  name: string,
  args: readonly Value[],
): Maybe<void> {
  const property = args.length === 0 ? findMember(item, name) : undefined;
  if (property !== undefined) return after(property, (value) => ctx.write(value));
  if (item === null) return;
  try {
    return after(invokeMember(item, name, args, callerOf(ctx)), (value) => ctx.write(value));
  } catch (error) {
    // An object without such a member gives nothing, as in PowerShell outside strict mode.
    if (error instanceof ScriptError && error.record.id === "MethodNotFound") return ctx.write(null);
    throw error;
  }
}
