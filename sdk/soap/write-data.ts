import { dataType, enumType, managedType, type PropertyInfo, type ValueInfo } from "../vim/schema.ts";
import { typeOfPath } from "./property-type.ts";
import { rankOf } from "./version.ts";
import { type Body, elementsOf, type Write, type Writer } from "./writer.ts";

interface Member {
  readonly name: string;
  readonly array: boolean;
  readonly write: Write;
}

/** Compiles how what is within a data object of one type is written: its properties in wire order. */
export function compileBody(writer: Writer, type: string): Body {
  switch (type) {
    case "ObjectContent":
      return objectBody(writer, type, "propSet", "DynamicProperty");
    case "ObjectUpdate":
      return objectBody(writer, type, "changeSet", "PropertyChange");
    case "TaskInfo":
      return taskBody(writer);
    default:
      return plainBody(membersOf(writer, type));
  }
}

function plainBody(members: readonly Member[]): Body {
  return (value) => {
    let text = "";
    for (const { name, array, write } of members) {
      const given: unknown = Reflect.get(value, name);
      if (given === undefined) continue;
      if (array) for (const one of elementsOf(given)) text += write(one);
      else text += write(given);
    }
    return text;
  };
}

/** The properties of a data type that the client knows. */
function membersOf(writer: Writer, type: string, special: Readonly<Record<string, Write>> = {}): Member[] {
  const properties = dataType(type)?.properties ?? [];
  return properties
    .filter(({ since }) => writer.knows(since))
    .map((property) => ({
      name: property.name,
      array: property.array,
      write:
        special[property.name] ??
        checked(
          writer,
          property,
          lazy(() => writer.element(property.name, property)),
        ),
    }));
}

/** Types refer to each other in circles: how a member is written is worked out when there is one. */
function lazy(make: () => Write): Write {
  let write: Write | undefined;
  return (value) => {
    write ??= make();
    return write(value);
  };
}

/** Values of an enum that the client does not know are left out where they may be. */
function checked(writer: Writer, property: PropertyInfo, write: Write): Write {
  const info = enumType(property.type);
  if (!info || !(property.optional || property.array)) return write;
  const later = new Set(info.values.filter((value) => rankOf(info.valueSince(value)) > writer.rank));
  return later.size === 0 ? write : (value) => (typeof value === "string" && later.has(value) ? "" : write(value));
}

/** Properties of a managed object: what type the values are of follows from their paths. */
function objectBody(writer: Writer, type: string, list: string, entry: string): Body {
  const properties = membersOf(writer, entry).filter(({ name }) => name !== "val");
  return (value) => {
    const obj: unknown = Reflect.get(value, "obj");
    const of = typeof obj === "object" && obj !== null && "type" in obj ? String(obj.type) : "";
    const write: Write = (one) => {
      const path: unknown = typeof one === "object" && one !== null ? Reflect.get(one, "name") : undefined;
      if (typeof one !== "object" || one === null || typeof path !== "string") return "";
      const found = typeOfPath(of, path);
      if (found && found.since > writer.rank) return "";
      const val: unknown = Reflect.get(one, "val");
      const text = val === undefined ? "" : writer.any.element("val", "val", val, found?.types);
      return `<${list}>${plainBody(properties)(one)}${text}</${list}>`;
    };
    return plainBody(membersOf(writer, type, { [list]: write }))(value);
  };
}

/** The result of a task is of the type that its method says. */
function taskBody(writer: Writer): Body {
  const members = membersOf(writer, "TaskInfo");
  return (value) => {
    const types = resultOf(value);
    const write: Write = (result) => writer.any.element("result", "result", result, types);
    return plainBody(members.map((member) => (member.name === "result" ? { ...member, write } : member)))(value);
  };
}

function resultOf(value: object): readonly ValueInfo[] | undefined {
  const method: unknown = Reflect.get(value, "name");
  const description: unknown = Reflect.get(value, "descriptionId");
  if (typeof method !== "string" || typeof description !== "string") return undefined;
  const result = managedType(description.slice(0, description.indexOf(".")))?.methods.get(method)?.taskResult;
  return result && [result];
}
