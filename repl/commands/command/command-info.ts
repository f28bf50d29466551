import { type CommandEntry, PSObject } from "../../language/index.ts";
import type { FunctionInfo } from "../../language/session.ts";
import { functionTopic } from "../help/function-topic.ts";

const typeName = "System.Management.Automation.CommandInfo";

/** A command as Get-Command puts it out. */
export function commandInfo(entry: CommandEntry): PSObject {
  return info("Cmdlet", entry.name, entry.module ?? "", entry.summary, entry.name);
}

/** A function as Get-Command puts it out. */
export function functionObject(found: FunctionInfo): PSObject {
  return info("Function", found.name, "", functionTopic(found).summary, found.definition);
}

/** A script file as Get-Command puts it out. */
export function scriptObject(name: string, path: string): PSObject {
  return info("ExternalScript", name, path, path, path);
}

function info(kind: string, name: string, source: string, summary: string, definition: string): PSObject {
  const [verb = "", noun = ""] = /^\w+-\w/.test(name) ? name.split("-", 2) : [];
  return PSObject.of(
    {
      CommandType: kind,
      Name: name,
      Verb: verb,
      Noun: noun,
      ModuleName: source,
      Source: source,
      Summary: summary,
      Definition: definition,
    },
    typeName,
  );
}

/** An alias as Get-Alias and Get-Command put it out. */
export function aliasInfo(alias: string, definition: string, summary = ""): PSObject {
  return PSObject.of(
    {
      CommandType: "Alias",
      Name: alias,
      DisplayName: `${alias} -> ${definition}`,
      Definition: definition,
      ResolvedCommand: definition,
      Summary: summary,
    },
    "System.Management.Automation.AliasInfo",
  );
}
