import type { TypeName } from "../ast/expressions.ts";
import { TypeValue } from "../values/type-value.ts";
import { BASIC_TYPES } from "./basics.ts";
import { arrayOf, genericType } from "./composed.ts";
import type { TypeDefinition } from "./definition.ts";
import { exceptionType } from "./errors.ts";
import { LIBRARY_TYPES } from "./library.ts";
import { MATH_TYPE } from "./math.ts";
import { NUMBER_TYPES } from "./numbers.ts";
import { DATE_TYPE, SPAN_TYPE } from "./times.ts";

/** Finds types the language does not know itself (`VMware.Vim.*`); undefined when it does not know them either. */
export type TypeResolver = (name: string) => TypeDefinition | undefined;

const resolvers: TypeResolver[] = [];
const known = new Map<string, TypeValue>();

for (const definition of [...NUMBER_TYPES, ...BASIC_TYPES, MATH_TYPE, DATE_TYPE, SPAN_TYPE, ...LIBRARY_TYPES])
  register(definition);

function register(definition: TypeDefinition): void {
  const type = new TypeValue(definition);
  const full = definition.fullName.toLowerCase();
  for (const name of [full, full.replace(/^system\./, ""), definition.accelerator, ...(definition.names ?? [])]) {
    if (name !== undefined && !known.has(name)) known.set(name, type);
  }
}

/** Registers a resolver; returns the function that takes it out again. */
export function resolveTypes(resolver: TypeResolver): () => void {
  resolvers.push(resolver);
  return () => {
    const at = resolvers.indexOf(resolver);
    if (at >= 0) resolvers.splice(at, 1);
  };
}

/** The type of a name: an accelerator, or a full name with or without `System.`; in any case. */
export function typeNamed(name: string): TypeValue | undefined {
  const key = name.toLowerCase();
  const found = known.get(key);
  if (found) return found;
  if (key.endsWith("[]")) {
    const element = typeNamed(name.slice(0, -2));
    return element && remember(key, arrayOf(element));
  }
  for (const resolver of resolvers) {
    const definition = resolver(name);
    if (definition) return new TypeValue(definition);
  }
  const exception = exceptionType(name);
  return exception && remember(key, new TypeValue(exception));
}

/** The type of a literal such as `[Collections.Generic.List[string]]` or `[int[]]`. */
export function typeOf(node: TypeName): TypeValue | undefined {
  const args = node.generic.map(typeOf);
  let type = args.length > 0 ? generic(node.name, args) : typeNamed(node.name);
  for (let rank = 0; rank < node.rank && type; rank += 1) {
    type = typeNamed(`${type.fullName}[]`) ?? arrayOf(type);
  }
  return type;
}

/** `List[string]` as text, as type names of `New-Object` have it. */
export function typeFromText(text: string): TypeValue | undefined {
  const match = /^\s*([\w.+`]+)\[([^\]]+)\]\s*$/.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) return typeNamed(text.trim());
  const args = match[2].split(",").map((part) => typeNamed(part.trim().replace(/^\[|\]$/g, "")));
  return generic(match[1].replace(/`\d+$/, ""), args);
}

function generic(name: string, args: readonly (TypeValue | undefined)[]): TypeValue | undefined {
  const types = args.filter((arg) => arg !== undefined);
  if (types.length !== args.length) return undefined;
  const definition = genericType(name, types);
  return definition && new TypeValue(definition);
}

function remember(key: string, type: TypeValue): TypeValue {
  known.set(key, type);
  return type;
}
