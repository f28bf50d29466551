import { command, type Maybe, PSObject, type Session, scriptError } from "../../language/index.ts";
import { hasWildcard, wildcard } from "../../language/regex/wildcard.ts";
import { functionTopic } from "./function-topic.ts";
import { overview } from "./overview.ts";
import { type Extent, helpPage, parameterHelp } from "./page.ts";
import { shownParameters } from "./syntax.ts";
import type { Topic } from "./topic.ts";

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
    const found = findTopics(allTopics(ctx.session), Name);
    const [only] = found;
    if (only === undefined) {
      const text = `Get-Help could not find ${Name} in a help topic. Get-Command lists all commands.`;
      return ctx.error(text, { category: "ObjectNotFound", id: "HelpNotFound", target: Name });
    }
    if (found.length > 1) return ctx.write(found.map(summaryOf));
    const topic = await only.load();
    if (Parameter !== undefined) return ctx.write(parametersOf(topic, Parameter));
    const extent: Extent = Full ? "full" : Detailed ? "detailed" : Examples ? "examples" : "brief";
    return ctx.write(helpPage(topic, extent));
  },
});

interface Entry {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  readonly category: "Cmdlet" | "Function";
  load(): Maybe<Topic>;
}

function allTopics(session: Session): Entry[] {
  const cmdlets = [...session.commands.entries()].map(
    (entry): Entry => ({
      name: entry.name,
      aliases: entry.aliases,
      summary: entry.summary,
      category: "Cmdlet",
      load: () => entry.load(),
    }),
  );
  const functions = session.functions().map((info): Entry => {
    const topic = functionTopic(info);
    return { name: info.name, aliases: [], summary: topic.summary, category: "Function", load: () => topic };
  });
  // A function hides a command of its name, as it does when it is called.
  const hidden = new Set(functions.map(({ name }) => name.toLowerCase()));
  return [...functions, ...cmdlets.filter(({ name }) => !hidden.has(name.toLowerCase()))];
}

function findTopics(topics: readonly Entry[], wanted: string): readonly Entry[] {
  const key = wanted.toLowerCase();
  const exact = topics.find(({ name, aliases }) => [name, ...aliases].some((each) => each.toLowerCase() === key));
  if (exact !== undefined) return [exact];
  const pattern = wildcard(hasWildcard(wanted) ? wanted : `*${wanted}*`);
  const byName = topics.filter(({ name }) => pattern.test(name));
  if (byName.length > 0 || hasWildcard(wanted)) {
    return byName.sort((left, right) => left.name.localeCompare(right.name, "en"));
  }
  return topics.filter(({ summary }) => summary.toLowerCase().includes(key));
}

function summaryOf({ name, category, summary }: Entry): PSObject {
  return PSObject.of({ Name: name, Category: category, Synopsis: summary }, "HelpInfoShort");
}

function parametersOf(topic: Topic, patterns: readonly string[]): string[] {
  const found = shownParameters(topic).filter(([name]) => patterns.some((pattern) => wildcard(pattern).test(name)));
  if (found.length > 0) return found.flatMap((parameter) => parameterHelp(parameter, true));
  throw scriptError(`No parameter of ${topic.name} matches "${patterns.join(", ")}".`, {
    category: "ObjectNotFound",
    id: "NoParmsFound",
    target: topic.name,
  });
}
