import { type Command, type CommandEntry, command, PSObject, scriptError } from "../../language/index.ts";
import { hasWildcard, wildcard } from "../../language/regex/wildcard.ts";
import { overview } from "./overview.ts";
import { type Extent, helpPage, parameterHelp } from "./page.ts";
import { shownParameters } from "./syntax.ts";

export const getHelp = command({
  name: "Get-Help",
  aliases: ["help", "man"],
  summary: "Shows what a command does and how it is called.",
  description: "A name with wildcards, or a word that is no command, lists the commands it fits.",
  parameters: {
    Name: {
      type: "string",
      position: 0,
      pipeline: "property",
      wildcard: true,
      complete: "Command",
      help: "The command, its alias, or a word.",
    },
    Examples: { type: "switch", help: "Shows only what it does and examples." },
    Detailed: { type: "switch", help: "Shows the parameters and examples too." },
    Full: { type: "switch", help: "Shows all there is about the parameters." },
    Parameter: { type: "string[]", wildcard: true, help: "Shows only these parameters." },
  },
  outputs: "System.String",
  examples: [
    {
      code: "Get-Help Out-Null | Select-Object -Index 1, 2",
      note: "The page of a command.",
      output: "NAME\n    Out-Null\n",
    },
    {
      code: "Get-Help Start-Sleep -Parameter Milliseconds | Select-Object -First 2",
      note: "One parameter.",
      output: "    -Milliseconds <int>\n        How long, in milliseconds.\n",
    },
  ],
  async process(ctx, { Name, Examples, Detailed, Full, Parameter }) {
    if (Name === undefined) return ctx.write(overview);
    const found = findTopics([...ctx.session.commands.entries()], ctx.session.commands.find(Name), Name);
    const [only] = found;
    if (only === undefined) {
      const text = `Get-Help could not find ${Name} in a help topic. Get-Command lists all commands.`;
      return ctx.error(text, { category: "ObjectNotFound", id: "HelpNotFound", target: Name });
    }
    if (found.length > 1) return ctx.write(found.map(summaryOf));
    const declaration = await only.load();
    if (Parameter !== undefined) return ctx.write(parametersOf(declaration, Parameter));
    const extent: Extent = Full ? "full" : Detailed ? "detailed" : Examples ? "examples" : "brief";
    return ctx.write(helpPage(declaration, extent));
  },
});

function findTopics(
  entries: readonly CommandEntry[],
  exact: CommandEntry | undefined,
  name: string,
): readonly CommandEntry[] {
  if (exact !== undefined) return [exact];
  const byName = entries.filter((entry) => wildcard(hasWildcard(name) ? name : `*${name}*`).test(entry.name));
  if (byName.length > 0 || hasWildcard(name))
    return byName.sort((left, right) => left.name.localeCompare(right.name, "en"));
  return entries.filter((entry) => entry.summary.toLowerCase().includes(name.toLowerCase()));
}

function summaryOf({ name, summary }: CommandEntry): PSObject {
  return PSObject.of({ Name: name, Category: "Cmdlet", Synopsis: summary }, "HelpInfoShort");
}

function parametersOf(declaration: Command, patterns: readonly string[]): string[] {
  const found = shownParameters(declaration).filter(([name]) =>
    patterns.some((pattern) => wildcard(pattern).test(name)),
  );
  if (found.length > 0) return found.flatMap((parameter) => parameterHelp(parameter, true));
  throw scriptError(`No parameter of ${declaration.name} matches "${patterns.join(", ")}".`, {
    category: "ObjectNotFound",
    id: "NoParmsFound",
    target: declaration.name,
  });
}
