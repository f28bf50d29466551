import { type DataInfo, dataType, type EnumInfo, enumType, managedType, subtypes, typeNames } from "../schema.ts";
import { byDomain } from "./domain.ts";
import { header, memberText, noteText } from "./text.ts";

/** The data types that a property, parameter or result declares. */
function declaredTypes(): ReadonlySet<string> {
  const data = typeNames("data").flatMap((name) => dataType(name) ?? []);
  const managed = typeNames("managed").flatMap((name) => managedType(name) ?? []);
  const methods = managed.flatMap((info) => [...info.methods.values()]);
  const values = [
    ...[...data, ...managed].flatMap((info) => info.properties),
    ...methods.flatMap((method) => [...method.params, method.returns ?? [], method.taskResult ?? []].flat()),
  ];
  return new Set(values.map((value) => value.type));
}

/**
 * A data type without subtypes is one interface. One with subtypes is three declarations:
 * - `XFields`, the interface its subtypes extend;
 * - `XItself`, a value of exactly this type;
 * - `X`, the union of `XItself` and every subtype, told apart by `_typeName`. A slot declared `X` takes any of them,
 *   literals are checked against the subtype they name, and comparing `_typeName` narrows.
 *
 * `_typeName` may be left out where a slot declares just this type. A type that none declares only ever sits in slots
 * of its bases, where it must be named: there `_typeName` is required. (This also makes the large unions cheap: the
 * compiler finds a member by its tag.)
 *
 * `DynamicData`, the root of them all, stays an interface.
 */
function dataText(info: DataInfo, declared: ReadonlySet<string>): string {
  const { name, base } = info;
  const inherits = base ? ` extends vim.${fieldsName(base)}` : "";
  const own = info.properties.slice(base?.properties.length ?? 0).map((property) => memberText(property, "  "));
  const optional = declared.has(name) || base === undefined || base.name === "DynamicData" ? "?" : "";
  const tag = `  readonly _typeName${optional}: ${name === "DynamicData" ? "string" : `"${name}"`};\n`;
  if (!info.polymorphic || name === "DynamicData") {
    return `${noteText(info)}export interface ${name}${inherits} {\n${tag}${own.join("")}}\n`;
  }
  const members = [
    `${name}Itself`,
    ...subtypes(name).map((sub) => (dataType(sub)?.polymorphic ? `${sub}Itself` : sub)),
  ];
  return [
    `export interface ${name}Fields${inherits} {\n${own.join("")}}\n`,
    `export interface ${name}Itself extends ${name}Fields {\n${tag}}\n`,
    `${noteText(info)}export type ${name} =\n${members.map((member) => `  | vim.${member}`).join("\n")};\n`,
  ].join("");
}

function fieldsName(info: DataInfo): string {
  return info.polymorphic && info.name !== "DynamicData" ? `${info.name}Fields` : info.name;
}

function enumText(info: EnumInfo): string {
  return `${noteText(info)}export type ${info.name} =\n${info.values.map((value) => `  | "${value}"`).join("\n")};\n`;
}

/** The files of all data and enum types: file name -> text. */
export function dataFiles(): Map<string, string> {
  const types = [
    ...typeNames("data").flatMap((name) => dataType(name) ?? []),
    ...typeNames("enum").flatMap((name) => enumType(name) ?? []),
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
  const declared = declaredTypes();
  const files = new Map<string, string>();
  for (const [domain, group] of byDomain(types)) {
    const body = group.map((info) => (info.kind === "data" ? dataText(info, declared) : enumText(info))).join("\n");
    const imports = [
      body.includes("Ref") ? 'import type { Ref } from "../ref.ts";\n' : "",
      body.includes("vim.") ? 'import type * as vim from "./index.ts";\n' : "",
    ].join("");
    files.set(`${domain}.ts`, `${header}${imports}\n${body}`);
  }
  const names = [...files.keys()];
  files.set("index.ts", `${header}${names.map((file) => `export type * from "./${file}";\n`).join("")}`);
  files.set("data-types.ts", mapText(typeNames("data")));
  return files;
}

function mapText(names: readonly string[]): string {
  const entries = names.map((name) => `  readonly ${name}: vim.${name};\n`).join("");
  return `${header}import type * as vim from "./index.ts";\n\n/** Every data type by its name. */\nexport interface DataTypes {\n${entries}}\n`;
}
