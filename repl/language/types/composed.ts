import { isNumber, toFloat } from "../convert/to-number.ts";
import { intAt } from "../members/arguments.ts";
import { Hashtable } from "../values/hashtable.ts";
import { itemsOf } from "../values/items.ts";
import { List } from "../values/list.ts";
import { TypeValue } from "../values/type-value.ts";
import type { Value } from "../values/value.ts";
import { cast } from "./cast.ts";
import type { TypeDefinition } from "./definition.ts";

/** `T[]`: an array whose elements are converted; a single value becomes an array of one. */
export function arrayOf(element: TypeValue): TypeValue {
  const { definition } = element;
  const convert = (value: Value): Value => {
    if (value === null) return null;
    // A text is as good as an array of its characters.
    const items = definition.fullName === "System.Char" && typeof value === "string" ? [...value] : itemsOf(value);
    return [...(items ?? [value])].map((item) => cast(definition, item));
  };
  return new TypeValue({
    fullName: `${definition.fullName}[]`,
    ...(definition.accelerator === undefined ? {} : { accelerator: `${definition.accelerator}[]` }),
    is: (value) =>
      Array.isArray(value) && (definition.fullName === "System.Object" || value.every((item) => definition.is(item))),
    convert,
    construct: (args) => Array.from({ length: intAt(args, 0) }, () => initial(definition)),
  });
}

function initial(definition: TypeDefinition): Value {
  if (/^System\.U?(Int(16|32)|S?Byte)$/.test(definition.fullName)) return 0;
  return definition.fullName === "System.Boolean" ? false : null;
}

const SEQUENCES =
  /^(?:system\.)?(?:collections\.(?:generic|objectmodel)\.)?(list|hashset|queue|stack|sortedset|linkedlist|collection|ienumerable|icollection|ilist)$/i;
const DICTIONARIES = /^(?:system\.)?(?:collections\.generic\.)?(dictionary|sorteddictionary|sortedlist|idictionary)$/i;

/** `List[T]`, `HashSet[T]`, `Queue[T]`, `Stack[T]`, `Dictionary[K, V]`, ...; undefined for others. */
export function genericType(name: string, args: readonly TypeValue[]): TypeDefinition | undefined {
  const listed = args.map((arg) => `[${arg.fullName}]`).join(",");
  const sequence = SEQUENCES.exec(name)?.[1];
  if (sequence !== undefined) {
    const typeName = `System.Collections.Generic.${sequence}\`1[${listed}]`;
    const element = args[0];
    return element && listType(typeName, element);
  }
  const dictionary = DICTIONARIES.exec(name)?.[1];
  if (dictionary === undefined) return undefined;
  const caseSensitive = args[0]?.fullName === "System.String";
  return {
    fullName: `System.Collections.Generic.${dictionary}\`2[${listed}]`,
    is: (value) => value instanceof Hashtable,
    convert: (value) => (value instanceof Hashtable ? value : undefined),
    construct: (ctor) => new Hashtable({ ordered: true, caseSensitive: caseSensitive && ctor.length === 0 }),
  };
}

function listType(fullName: string, element: TypeValue): TypeDefinition {
  const held = (value: Value) => cast(element.definition, value);
  const make = (items: readonly Value[]) => new List(unique(fullName, items.map(held)), fullName, held);
  return {
    fullName,
    is: (value) => value instanceof List && value.typeName === fullName,
    convert(value) {
      if (value instanceof List && value.typeName === fullName) return value;
      return value === null ? null : make(itemsOf(value) ?? [value]);
    },
    construct(args) {
      const [first = null] = args;
      return make(isNumber(first) && Number.isFinite(toFloat(first)) ? [] : (itemsOf(first) ?? []));
    },
  };
}

function unique(typeName: string, items: readonly Value[]): readonly Value[] {
  return typeName.includes("HashSet") ? [...new Set(items)] : items;
}
