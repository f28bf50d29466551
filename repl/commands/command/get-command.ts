import {
  type CommandContext,
  type CommandEntry,
  command,
  eachInTurn,
  type Maybe,
  type Value,
} from "../../language/index.ts";
import { hasWildcard, wildcard } from "../../language/regex/wildcard.ts";
import { syntaxLines } from "../help/syntax.ts";
import { aliasInfo, commandInfo } from "./command-info.ts";

export const getCommand = command({
  name: "Get-Command",
  aliases: ["gcm"],
  summary: "Lists the commands there are.",
  parameters: {
    Name: {
      type: "string[]",
      position: 0,
      pipeline: "both",
      wildcard: true,
      complete: "Command",
      help: "Names or aliases.",
    },
    Verb: { type: "string[]", wildcard: true, help: "Only commands with these verbs, such as New." },
    Noun: { type: "string[]", wildcard: true, help: "Only commands with these nouns, such as VM." },
    Module: { type: "string[]", wildcard: true, help: "Only commands of these modules." },
    CommandType: { type: "string", aliases: ["Type"], help: "Cmdlet, Alias or All." },
    Syntax: { type: "switch", help: "Shows how the commands are called." },
    TotalCount: { type: "int", range: [0, 2147483647], help: "How many to list at most." },
    All: { type: "switch", help: "Accepted for compatibility." },
  },
  outputs: "System.Management.Automation.CommandInfo",
  examples: [
    {
      code: "Get-Command -Noun Json | ForEach-Object Name",
      note: "By what they are about.",
      output: "ConvertFrom-Json\nConvertTo-Json\n",
    },
    { code: "(Get-Command %).Definition", note: "What an alias stands for.", output: "ForEach-Object\n" },
    { code: "Get-Command Clear-Host -Syntax", note: "How it is called.", output: "Clear-Host [<CommonParameters>]\n" },
  ],
  async process(ctx, { Name, Verb, Noun, Module, CommandType, Syntax, TotalCount }) {
    const fits = (patterns: readonly string[] | undefined, text: string) =>
      patterns === undefined || patterns.some((pattern) => wildcard(pattern).test(text));
    const chosen = ({ name, module = "" }: CommandEntry) => {
      const [verb = "", noun = ""] = name.split("-", 2);
      return fits(Verb, verb) && fits(Noun, noun) && fits(Module, module);
    };
    const entries = [...ctx.session.commands.entries()].sort((left, right) =>
      left.name.localeCompare(right.name, "en"),
    );
    const found: { readonly entry: CommandEntry; readonly info: Value }[] = [];
    for (const name of Name ?? ["*"]) {
      const listed = /^(alias|all)$/i.test(CommandType ?? "") || (Name !== undefined && CommandType === undefined);
      const matches = entries
        .filter(chosen)
        .flatMap((entry) => [
          ...(listed
            ? entry.aliases
                .filter((alias) => same(alias, name))
                .map((alias) => ({ entry, info: aliasInfo(alias, entry) }))
            : []),
          ...(!/^alias$/i.test(CommandType ?? "") && same(entry.name, name)
            ? [{ entry, info: commandInfo(entry) }]
            : []),
        ]);
      if (matches.length === 0 && !hasWildcard(name)) await notFound(ctx, name);
      found.push(...matches);
    }
    const taken = found.slice(0, TotalCount);
    if (!Syntax) return eachInTurn(taken, ({ info }) => ctx.write(info));
    for (const { entry } of taken) await ctx.write(syntaxLines(await entry.load()));
  },
});

// `?` is an alias as well as a wildcard.
function same(name: string, pattern: string): boolean {
  if (name.toLowerCase() === pattern.toLowerCase()) return true;
  return pattern !== "?" && hasWildcard(pattern) && wildcard(pattern).test(name);
}

function notFound(ctx: CommandContext<unknown>, name: string): Maybe<void> {
  return ctx.error(
    `The term '${name}' is not recognized as a name of a command. Check the spelling, or list commands with Get-Command.`,
    { category: "ObjectNotFound", id: "CommandNotFoundException", target: name },
  );
}
