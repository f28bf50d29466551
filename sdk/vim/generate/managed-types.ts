import { type ManagedInfo, type MethodInfo, managedType, subtypes, typeNames, type ValueInfo } from "../schema.ts";
import { byDomain } from "./domain.ts";
import { header, memberText, noteText, typeText } from "./text.ts";

function propertiesText(info: ManagedInfo): string {
  const inherits = info.base ? ` extends managed.${info.base.name}Properties` : "";
  const own = info.properties.slice(info.base?.properties.length ?? 0).map((property) => memberText(property, "  "));
  return `${noteText(info)}export interface ${info.name}Properties${inherits} {\n${own.join("")}}\n`;
}

function methodsText(info: ManagedInfo): string {
  const inherits = info.base ? ` extends managed.${info.base.name}Methods` : "";
  const own = [...info.methods.values()].filter((method) => method.owner === info.name).map(methodText);
  return `export interface ${info.name}Methods${inherits} {\n${own.join("")}}\n`;
}

function methodText(method: MethodInfo): string {
  const params = method.params.map((param) => memberText(param, "      ")).join("");
  return [
    noteText(method, "  "),
    `  readonly ${method.name}: {\n`,
    params === "" ? "    readonly args: NoArgs;\n" : `    readonly args: {\n${params}    };\n`,
    `    readonly returns: ${resultText(method.returns, "void")};\n`,
    method.name.endsWith("_Task") ? `    readonly result: ${resultText(method.taskResult, "undefined")};\n` : "",
    "  };\n",
  ].join("");
}

/** An absent array is an empty one, see `Methods` in ref.ts. */
function resultText(value: ValueInfo | undefined, nothing: string): string {
  if (value === undefined) return nothing;
  return value.optional && !value.array ? `${typeText(value)} | undefined` : typeText(value);
}

/** The files of all managed types: file name -> text. */
export function managedFiles(): Map<string, string> {
  const types = typeNames("managed").flatMap((name) => managedType(name) ?? []);
  const files = new Map<string, string>();
  for (const [domain, group] of byDomain(types)) {
    const body = group.map((info) => `${propertiesText(info)}\n${methodsText(info)}`).join("\n");
    const imports = [
      body.includes("Ref") ? 'import type { Ref } from "../../ref.ts";\n' : "",
      body.includes("vim.") ? 'import type * as vim from "../index.ts";\n' : "",
      body.includes("managed.") ? 'import type * as managed from "./index.ts";\n' : "",
      body.includes("NoArgs") ? 'import type { NoArgs } from "./index.ts";\n' : "",
    ].join("");
    files.set(`${domain}.ts`, `${header}${imports}\n${body}`);
  }
  files.set("index.ts", indexText([...files.keys()], types));
  return files;
}

function indexText(files: readonly string[], types: readonly ManagedInfo[]): string {
  const exports = files.map((file) => `export type * from "./${file}";\n`).join("");
  const map = (comment: string, name: string, entry: (info: ManagedInfo) => string): string =>
    `\n/** ${comment} */\nexport interface ${name} {\n${types.map((info) => `  readonly ${info.name}: ${entry(info)};\n`).join("")}}\n`;
  return [
    header,
    'import type * as managed from "./index.ts";\n\n',
    exports,
    "\n/** The arguments of a method that takes none. */\nexport type NoArgs = { readonly [name: string]: never };\n",
    map("Each managed type with itself and all its subtypes.", "ManagedSubtypes", ({ name }) =>
      [name, ...subtypes(name)].map((sub) => `"${sub}"`).join(" | "),
    ),
    map("The properties of each managed type.", "ManagedProperties", ({ name }) => `managed.${name}Properties`),
    map("The methods of each managed type.", "ManagedMethods", ({ name }) => `managed.${name}Methods`),
  ].join("");
}
