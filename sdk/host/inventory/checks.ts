import { shown } from "../arguments/refuse.ts";

/** Throws a RangeError that names the path of what does not fit. */
export type Check = (value: unknown, path: string) => void;

const refuse = (path: string, expected: string, value: unknown): never => {
  throw new RangeError(`${path} must be ${expected}, not ${shown(value)}.`);
};

export const text: Check = (value, path) => {
  if (typeof value !== "string") refuse(path, "a string", value);
};

/** A string, or something else. */
export const textOr =
  (other: Check): Check =>
  (value, path) => {
    if (typeof value !== "string") other(value, path);
  };

export const flag: Check = (value, path) => {
  if (typeof value !== "boolean") refuse(path, "true or false", value);
};

/** A number of things, from the least there can be on. */
export const count =
  (least: number, most = 10_000_000): Check =>
  (value, path) => {
    if (typeof value !== "number" || !Number.isInteger(value) || value < least || value > most)
      refuse(path, `a whole number from ${least} to ${most}`, value);
  };

/** A size, which need not be whole. */
export const size =
  (options: { readonly orZero?: boolean } = {}): Check =>
  (value, path) => {
    const fits = typeof value === "number" && Number.isFinite(value) && (value > 0 || (options.orZero && value === 0));
    if (!fits) refuse(path, options.orZero ? "a size from 0 on" : "a size above 0", value);
  };

export const oneOf =
  (...values: readonly string[]): Check =>
  (value, path) => {
    if (typeof value !== "string" || !values.includes(value)) refuse(path, `one of ${values.join(", ")}`, value);
  };

export const listOf =
  (element: Check): Check =>
  (value, path) => {
    if (!Array.isArray(value)) return refuse(path, "a list", value);
    for (const [i, item] of value.entries()) element(item, `${path}[${i}]`);
  };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** An object whose properties may have any name. */
export const tableOf =
  (element: Check): Check =>
  (value, path) => {
    if (!isObject(value)) return refuse(path, "an object", value);
    for (const [name, item] of Object.entries(value)) element(item, `${path}.${name}`);
  };

/** An object with properties of certain names, of which some must be there. */
export const shape =
  (members: Readonly<Record<string, Check>>, required: readonly string[] = []): Check =>
  (value, path) => {
    if (!isObject(value)) return refuse(path, "an object", value);
    const known: ReadonlyMap<string, Check> = new Map(Object.entries(members));
    for (const [name, item] of Object.entries(value)) {
      const check = known.get(name);
      if (!check) throw new RangeError(`${path}.${name} is not known. There are: ${[...known.keys()].join(", ")}.`);
      if (item !== undefined) check(item, `${path}.${name}`);
    }
    for (const name of required) if (value[name] === undefined) throw new RangeError(`${path}.${name} is missing.`);
  };
