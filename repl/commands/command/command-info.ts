import { type CommandEntry, PSObject } from "../../language/index.ts";

/** A command as Get-Command puts it out. */
export function commandInfo(entry: CommandEntry): PSObject {
  const [verb = "", noun = ""] = entry.name.split("-", 2);
  return PSObject.of(
    {
      CommandType: "Cmdlet",
      Name: entry.name,
      Verb: verb,
      Noun: noun,
      ModuleName: entry.module ?? "",
      Source: entry.module ?? "",
      Summary: entry.summary,
      Definition: entry.name,
    },
    "System.Management.Automation.CommandInfo",
  );
}

/** An alias as Get-Alias and Get-Command put it out. */
export function aliasInfo(alias: string, entry: CommandEntry): PSObject {
  return PSObject.of(
    {
      CommandType: "Alias",
      Name: alias,
      DisplayName: `${alias} -> ${entry.name}`,
      Definition: entry.name,
      ResolvedCommand: entry.name,
      ModuleName: entry.module ?? "",
      Source: entry.module ?? "",
      Summary: entry.summary,
    },
    "System.Management.Automation.AliasInfo",
  );
}
