import type { Maybe, PSObject, Session } from "../../language/index.ts";
import { allAliases } from "../alias/all-aliases.ts";
import { functionTopic } from "../help/function-topic.ts";
import type { Topic } from "../help/topic.ts";
import { aliasInfo, commandInfo, functionObject, scriptObject } from "./command-info.ts";

/** Something that can be called by name. */
export interface Listed {
  readonly kind: "Alias" | "Cmdlet" | "Function" | "ExternalScript";
  readonly name: string;
  readonly module: string;
  info(): PSObject;
  /** What its syntax is made from. */
  topic(): Maybe<Topic | undefined>;
}

/** Everything the session can call, by name. */
export function catalog(session: Session): Listed[] {
  const cmdlets = [...session.commands.entries()].map(
    (entry): Listed => ({
      kind: "Cmdlet",
      name: entry.name,
      module: entry.module ?? "",
      info: () => commandInfo(entry),
      topic: () => entry.load(),
    }),
  );
  const functions = session.functions().map(
    (found): Listed => ({
      kind: "Function",
      name: found.name,
      module: "",
      info: () => functionObject(found),
      topic: () => functionTopic(found),
    }),
  );
  const aliases = allAliases(session).map(
    ({ alias, definition, summary }): Listed => ({
      kind: "Alias",
      name: alias,
      module: "",
      info: () => aliasInfo(alias, definition, summary),
      topic: () => session.commands.find(definition)?.load(),
    }),
  );
  return [...cmdlets, ...functions, ...aliases].sort((left, right) => left.name.localeCompare(right.name, "en"));
}

/** The script file that a name stands for. */
export function scriptNamed(session: Session, name: string): Listed | undefined {
  const found = session.findCommand(name);
  if (found?.kind !== "script") return undefined;
  const { path } = found;
  return { kind: "ExternalScript", name, module: "", info: () => scriptObject(name, path), topic: () => undefined };
}
