import { scriptError } from "../language/error.ts";
import { type CommandContext, toText, type Value } from "../language/index.ts";
import type { Connection } from "./connection.ts";
import { connections } from "./connections.ts";
import { load } from "./load.ts";
import { findByName } from "./search.ts";
import { type Kind, VIObject } from "./vi-object.ts";

type Context = Pick<CommandContext<unknown>, "session" | "signal" | "error" | "name">;

/** The error of a name that nothing has, worded as PowerCLI's, which scripts match on. */
export function noneNamed(ctx: Context, kind: Kind, name: string) {
  const what = kind.typeNames[0] === "VirtualMachine" ? "VM" : (kind.typeNames[0] ?? kind.type);
  const message = `${new Date().toLocaleString("en-US").replace(",", "")}\t${ctx.name}\t\t${what} with name '${name}' was not found using the specified filter(s).`;
  return scriptError(message, {
    category: "ObjectNotFound",
    id: `Core_Get${what}_NotFound`,
    target: name,
    command: ctx.name,
  });
}

/** Objects that an argument names, by object, by name or by pattern. A name that nothing has is a terminating error. */
export async function resolve(ctx: Context, kind: Kind, values: readonly Value[]): Promise<VIObject[]> {
  const found: VIObject[] = [];
  for (const value of values) {
    if (value instanceof VIObject) {
      if (value.ref.type === kind.type) found.push(value);
      else throw wrongKind(kind, value);
      continue;
    }
    found.push(...(await named(ctx, kind, toText(value))));
  }
  return found;
}

async function named(ctx: Context, kind: Kind, name: string): Promise<VIObject[]> {
  const found: VIObject[] = [];
  for (const connection of await ctx.session.service(connections).current()) {
    found.push(
      ...(await load(connection, kind, await findByName(connection, kind.type, name, ctx.signal), ctx.signal)),
    );
  }
  if (found.length === 0) throw noneNamed(ctx, kind, name);
  return found;
}

/** The one object that an argument names; on that server, where one is given. */
export async function resolveOne(
  ctx: Context,
  kind: Kind,
  value: Value | undefined,
  on?: Connection,
): Promise<VIObject | undefined> {
  if (value === undefined || value === null) return undefined;
  const all = await resolve(ctx, kind, [value]);
  const found = on ? all.filter((object) => object.connection === on) : all;
  if (found.length === 1) return found[0];
  const what = kind.typeNames[0];
  throw scriptError(
    `The name '${toText(value)}' stands for ${found.length} objects of type ${what}. Give one object.`,
    {
      category: "InvalidArgument",
      target: value,
    },
  );
}

const wrongKind = (kind: Kind, value: VIObject) =>
  scriptError(`'${value.name}' is a ${value.typeNames[0]}; a ${kind.typeNames[0]} is needed here.`, {
    category: "InvalidArgument",
    target: value,
  });
