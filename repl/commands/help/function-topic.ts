import type { Example } from "../../language/index.ts";
import type { FunctionInfo } from "../../language/session.ts";
import type { Topic, TopicParameter } from "./topic.ts";

/** The help of a function: what its comment says, and what its parameters tell by themselves. */
export function functionTopic({ name, help = "", parameters }: FunctionInfo): Topic {
  const sections = readSections(help);
  const text = (keyword: string) => sections.find((section) => section.keyword === keyword)?.text;
  const about = (parameter: string) =>
    sections.find(({ keyword, argument }) => keyword === "parameter" && argument === parameter.toLowerCase())?.text;
  const topicParameters = parameters.map((parameter): [string, TopicParameter] => [
    parameter.name,
    {
      type: parameter.isSwitch ? "switch" : shortType(parameter.typeName),
      help: about(parameter.name) ?? "",
      mandatory: parameter.mandatory,
      aliases: parameter.aliases,
      ...(parameter.position === undefined ? {} : { position: parameter.position }),
      ...(parameter.pipeline ? { pipeline: "both" as const } : {}),
    },
  ]);
  return {
    name,
    aliases: [],
    summary: text("synopsis") ?? "",
    description: text("description"),
    parameters: Object.fromEntries(topicParameters),
    defaultSet: undefined,
    outputs: text("outputs"),
    supportsShouldProcess: undefined,
    examples: sections.filter(({ keyword }) => keyword === "example").map(({ text: lines }) => example(lines)),
  };
}

interface Section {
  readonly keyword: string;
  readonly argument: string;
  readonly text: string;
}

/** Divides a help comment at its `.KEYWORD` lines. */
function readSections(help: string): Section[] {
  const lines = help.replace(/^\s*<#|#>\s*$/g, "").split(/\r?\n/);
  const sections: { keyword: string; argument: string; lines: string[] }[] = [];
  for (const line of lines) {
    const bare = line.replace(/^\s*#\s?/, "").trim();
    const head = /^\.([A-Za-z]+)(?:\s+(\S+))?\s*$/.exec(bare);
    if (head === null) sections.at(-1)?.lines.push(bare);
    else sections.push({ keyword: (head[1] ?? "").toLowerCase(), argument: (head[2] ?? "").toLowerCase(), lines: [] });
  }
  return sections.map(({ keyword, argument, lines: body }) => ({ keyword, argument, text: body.join("\n").trim() }));
}

/** The first line of an example is its code, the rest says what it does. */
function example(text: string): Example {
  const [code = "", ...note] = text.split("\n");
  return { code: code.replace(/^PS\s*[^>]*>\s*/, ""), note: note.join("\n").trim() };
}

function shortType(name: string): string {
  return name.replace(/^System\./, "").toLowerCase();
}
