import type { Example } from "../../language/index.ts";
import { wrap } from "../../render/width.ts";
import { type NamedParameter, shownParameters, syntaxParts } from "./syntax.ts";
import type { Topic, TopicParameter } from "./topic.ts";

const width = 100;
const indent = "    ";

/** How much of a command's help to show. */
export type Extent = "brief" | "examples" | "detailed" | "full";

/** The help of a command as lines. Everything comes from its declaration. */
export function helpPage(command: Topic, extent: Extent): string[] {
  const lines = ["", ...section("NAME", paragraph(command.name)), ...section("SYNOPSIS", paragraph(command.summary))];
  if (extent === "examples") return [...lines, ...exampleSection(command.examples)];
  lines.push(
    ...section(
      "SYNTAX",
      syntaxParts(command).flatMap((parts) => [...filled(parts), ""]),
    ).slice(0, -1),
  );
  if (command.description !== undefined) lines.push(...section("DESCRIPTION", paragraph(command.description)));
  if (command.aliases.length > 0) lines.push(...section("ALIASES", paragraph(command.aliases.join(", "))));
  if (extent === "brief") {
    return [
      ...lines,
      ...section("REMARKS", [
        `${indent}To see examples: Get-Help ${command.name} -Examples`,
        `${indent}To see all parameters: Get-Help ${command.name} -Full`,
      ]),
    ];
  }
  const parameters = shownParameters(command);
  const details = parameters.flatMap((parameter) => parameterHelp(parameter, extent === "full"));
  lines.push("PARAMETERS", ...details, ...commonParameters(command));
  if (command.outputs !== undefined) lines.push(...section("OUTPUTS", paragraph(command.outputs)));
  return [...lines, ...exampleSection(command.examples)];
}

/** The help of one parameter; with `full` also whether it is required, where it stands and so on. */
export function parameterHelp([name, spec]: NamedParameter, full: boolean): string[] {
  const type = spec.type === "switch" ? "" : ` <${spec.type}>`;
  const lines = [`${indent}-${name}${type}`, ...paragraph(spec.help, indent.repeat(2))];
  if (spec.values !== undefined) lines.push(...paragraph(`One of: ${spec.values.join(", ")}.`, indent.repeat(2)));
  if (!full) return [...lines, ""];
  const facts: readonly (readonly [string, string])[] = [
    ["Required?", yes(spec.mandatory === true)],
    ["Position?", spec.position === undefined ? "named" : String(spec.position)],
    ["Default value", spec.default === undefined || spec.default === null ? "" : String(spec.default)],
    ["Accept pipeline input?", pipelineInput(spec)],
    ["Accept wildcard characters?", yes(spec.wildcard === true)],
    ...(spec.aliases?.length ? [["Aliases", spec.aliases.join(", ")] as const] : []),
  ];
  const rows = facts.map(([label, value]) => `${indent.repeat(2)}${label.padEnd(30)}${value}`.trimEnd());
  return [...lines, "", ...rows, ""];
}

function pipelineInput({ pipeline }: TopicParameter): string {
  if (pipeline === undefined) return "false";
  return `true (${pipeline === "both" ? "by value, by property name" : `by ${pipeline}${pipeline === "property" ? " name" : ""}`})`;
}

const yes = (value: boolean) => String(value);

function commonParameters(command: Topic): string[] {
  const confirm =
    command.supportsShouldProcess === undefined
      ? []
      : [
          `${indent}-WhatIf`,
          ...paragraph("Says what would be changed, and changes nothing.", indent.repeat(2)),
          "",
          `${indent}-Confirm`,
          ...paragraph("Asks before each change; -Confirm:$false never asks.", indent.repeat(2)),
          "",
        ];
  const names =
    "Verbose, Debug, ErrorAction, ErrorVariable, WarningAction, WarningVariable, OutVariable, PipelineVariable.";
  return [...confirm, `${indent}<CommonParameters>`, ...paragraph(names, indent.repeat(2)), ""];
}

function exampleSection(examples: readonly Example[]): string[] {
  if (examples.length === 0) return [];
  const lines = examples.flatMap(({ code, note, output }) => [
    ...paragraph(note),
    "",
    ...code.split("\n").map((line) => `${indent.repeat(2)}fargo> ${line}`),
    ...(output ?? "")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => indent.repeat(2) + line),
    "",
  ]);
  return ["EXAMPLES", ...lines];
}

/** Parts one after the other in lines, the later lines further in. */
function filled(parts: readonly string[]): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const part of parts) {
    if (line.trim() !== "" && line.length + part.length > width) {
      lines.push(line.trimEnd());
      line = indent.repeat(2);
    }
    line += `${part} `;
  }
  return [...lines, line.trimEnd()];
}

function section(title: string, lines: readonly string[]): string[] {
  return [title, ...lines, ""];
}

function paragraph(text: string, margin = indent): string[] {
  return text
    .split("\n")
    .flatMap((line) => wrap(line, width - margin.length))
    .map((line) => (margin + line).trimEnd());
}
