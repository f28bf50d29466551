import { type CommandContext, command, eachInTurn, type Maybe } from "../../language/index.ts";
import { hasWildcard, wildcard } from "../../language/regex/wildcard.ts";
import { syntaxLines } from "../help/syntax.ts";
import { catalog, type Listed, scriptNamed } from "./catalog.ts";

export const getCommand = command({
  name: "Get-Command",
  aliases: ["gcm"],
  summary: "Lists the commands there are.",
  description: "Without a name it lists commands and functions; aliases only when they are asked for.",
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
    CommandType: {
      type: "string[]",
      aliases: ["Type"],
      values: ["Cmdlet", "Function", "Alias", "ExternalScript", "All"],
      help: "Only commands of these kinds.",
    },
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
    // Aliases would double the list of all commands; who names one wants to know about it.
    const usual = Name === undefined || Verb !== undefined || Noun !== undefined ? ["Cmdlet", "Function"] : ["All"];
    const kinds = new Set<string>(CommandType ?? usual);
    const chosen = catalog(ctx.session).filter(({ kind, name, module }) => {
      const [verb = "", noun = ""] = name.split("-", 2);
      return (kinds.has(kind) || kinds.has("All")) && fits(Verb, verb) && fits(Noun, noun) && fits(Module, module);
    });
    const found: Listed[] = [];
    for (const name of Name ?? ["*"]) {
      const matches = chosen.filter((listed) => isNamed(listed.name, name));
      const script = matches.length === 0 && !hasWildcard(name) ? scriptNamed(ctx.session, name) : undefined;
      if (script !== undefined) matches.push(script);
      if (matches.length === 0 && !hasWildcard(name)) await notFound(ctx, name);
      found.push(...matches);
    }
    const taken = found.slice(0, TotalCount);
    if (!Syntax) return eachInTurn(taken, (listed) => ctx.write(listed.info()));
    for (const listed of taken) {
      const topic = await listed.topic();
      if (topic !== undefined) await ctx.write(syntaxLines(topic));
    }
  },
});

// `?` is an alias as well as a wildcard.
function isNamed(name: string, pattern: string): boolean {
  if (name.toLowerCase() === pattern.toLowerCase()) return true;
  return pattern !== "?" && hasWildcard(pattern) && wildcard(pattern).test(name);
}

function notFound(ctx: CommandContext<unknown>, name: string): Maybe<void> {
  return ctx.error(
    `The term '${name}' is not recognized as a name of a command. Check the spelling, or list commands with Get-Command.`,
    { category: "ObjectNotFound", id: "CommandNotFoundException", target: name },
  );
}
