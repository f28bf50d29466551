import { dataType, enumType, managedType, type PropertyInfo, type ValueInfo } from "../vim/schema.ts";
import { typeOfPath } from "./property-type.ts";
import { rankOf } from "./version.ts";
import { type Body, elementsOf, isObject, type Write, type Writer } from "./writer.ts";

interface Member {
  readonly name: string;
  /** Its place in wire order. */
  readonly place: number;
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

/** The members of values that have the same properties in the same order. */
interface Plan {
  readonly names: readonly string[];
  readonly members: readonly Member[];
}

/**
 * Goes by what a value has rather than by all that its type may have, which is far more, and puts it into wire order. Values of
 * a type mostly have the same properties as others of it: what there is to be written of them is remembered.
 */
function plainBody(members: readonly Member[]): Body {
  const byName = new Map(members.map((member) => [member.name, member]));
  const plans: (Plan | undefined)[] = [];
  return (value) => {
    const names = Object.keys(value);
    let plan = plans[names.length];
    if (plan === undefined || !same(plan.names, names)) {
      const present = names.flatMap((name) => byName.get(name) ?? []);
      plan = { names, members: present.sort((a, b) => a.place - b.place) };
      plans[names.length] = plan;
    }
    let text = "";
    for (const member of plan.members) {
      const given = value[member.name];
      if (given !== undefined) text += member.array ? list(member.write, given) : member.write(given);
    }
    return text;
  };
}

function same(a: readonly string[], b: readonly string[]): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function list(write: Write, value: unknown): string {
  let text = "";
  if (Array.isArray(value)) for (let i = 0; i < value.length; i++) text += write(value[i]);
  else for (const one of elementsOf(value)) text += write(one);
  return text;
}

/** The properties of a data type that the client knows. */
function membersOf(writer: Writer, type: string, special: Readonly<Record<string, Write>> = {}): Member[] {
  const properties = dataType(type)?.properties ?? [];
  return properties
    .filter(({ since }) => writer.knows(since))
    .map((property, place) => ({
      name: property.name,
      place,
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
  const properties = plainBody(membersOf(writer, entry).filter(({ name }) => name !== "val"));
  let of = "";
  let results: readonly ValueInfo[] | undefined;
  const write: Write = (one) => {
    const path = isObject(one) ? one.name : undefined;
    if (!isObject(one) || typeof path !== "string") return "";
    const found = typeOfPath(of, path);
    if (found && found.since > writer.rank) return "";
    const types = of === "Task" && path === "info.result" ? results : found?.types;
    // A result of which nothing says what it is cannot be told.
    if (path === "info.result" && !writer.any.tells(one.val, types)) return "";
    const text = one.val === undefined ? "" : writer.any.element("val", "val", one.val, types);
    return `<${list}>${properties(one)}${text}</${list}>`;
  };
  const body = plainBody(membersOf(writer, type, { [list]: write }));
  return (value) => {
    const before = of;
    of = isObject(value.obj) && typeof value.obj.type === "string" ? value.obj.type : "";
    results = of === "Task" ? resultAmong(value[list]) : undefined;
    const text = body(value);
    of = before;
    return text;
  };
}

/** The result of a task is of the type that its method says. */
function taskBody(writer: Writer): Body {
  let types: readonly ValueInfo[] | undefined;
  const write: Write = (result) =>
    writer.any.tells(result, types) ? writer.any.element("result", "result", result, types) : "";
  const body = plainBody(membersOf(writer, "TaskInfo", { result: write }));
  return (value) => {
    const before = types;
    types = resultOf(value);
    const text = body(value);
    types = before;
    return text;
  };
}

/** The type of a task's result that is asked for by its path: it follows from what else of the task is told with it. */
function resultAmong(properties: unknown): readonly ValueInfo[] | undefined {
  if (!Array.isArray(properties)) return undefined;
  const told = new Map<unknown, unknown>();
  for (const one of properties) if (isObject(one)) told.set(one.name, one.val);
  if (!told.has("info.result")) return undefined;
  return resultOf({ name: told.get("info.name"), descriptionId: told.get("info.descriptionId") });
}

function resultOf(value: Readonly<Record<string, unknown>>): readonly ValueInfo[] | undefined {
  const { name: method, descriptionId: description } = value;
  if (typeof method !== "string" || typeof description !== "string") return undefined;
  const result = managedType(description.slice(0, description.indexOf(".")))?.methods.get(method)?.taskResult;
  return result && [result];
}
