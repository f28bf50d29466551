import {
  type CommandContext,
  type Maybe,
  type MemberValue,
  ScriptBlock,
  scriptError,
  toText,
  type Value,
} from "../../language/index.ts";
import { readProperty } from "../../render/properties.ts";

const kinds = ["NoteProperty", "ScriptProperty", "ScriptMethod", "AliasProperty"] as const;

export type MemberKindName = (typeof kinds)[number];

/** The kind of member that a name, in any case, stands for. */
export function memberKind(name: string): MemberKindName | undefined {
  return kinds.find((kind) => kind.toLowerCase() === name.toLowerCase());
}

/** A member of `self` as Add-Member makes it. Script blocks see the object as `$this`. */
export function makeMember(
  ctx: Pick<CommandContext<unknown>, "block" | "session">,
  self: object,
  kind: MemberKindName,
  name: string,
  value: Value,
  setter: ScriptBlock | undefined,
): MemberValue {
  if (kind === "AliasProperty") return { name, kind, get: () => readProperty(self, toText(value)) };
  if (kind === "NoteProperty") return noteMember(name, value);
  if (!(value instanceof ScriptBlock)) {
    throw scriptError(`The value of a ${kind} is a script block.`, { category: "InvalidArgument", target: value });
  }
  const run = (block: ScriptBlock, args: readonly Value[]): Maybe<Value> => {
    ctx.session.setVariable("this", self, { scope: "global" });
    return ctx.block(block).value(self, ...args);
  };
  if (kind === "ScriptMethod") return { name, kind, invoke: (args) => run(value, args) };
  const property: MemberValue = { name, kind, get: () => run(value, []) };
  if (setter === undefined) return property;
  return {
    ...property,
    set(given) {
      const done = run(setter, [given]);
      return done instanceof Promise ? done.then(() => undefined) : undefined;
    },
  };
}

function noteMember(name: string, value: Value): MemberValue {
  let held = value;
  return {
    name,
    kind: "NoteProperty",
    get: () => held,
    set(given) {
      held = given;
    },
  };
}
