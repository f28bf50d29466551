import fc from "fast-check";
import { type DataInfo, dataType, enumType, managedType, subtypes, type ValueInfo } from "../../../sdk/vim/schema.ts";

/** Characters of XML, among them those that have to be escaped. */
const text = fc.string({
  unit: fc.constantFrom(..."ab c<>&\"'\r\n\t]\u00e9\u2028\ufffd\u{1f600}"),
  maxLength: 6,
});
const date = fc
  .tuple(
    fc.date({ min: new Date(0), max: new Date("9999-12-31T23:59:59Z"), noInvalidDate: true }),
    fc.constantFrom("Z", "+05:30", "-08:00"),
  )
  .map(([moment, zone]) => moment.toISOString().replace("Z", zone));
const long = fc.oneof(
  fc.maxSafeInteger(),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }),
  fc.bigInt({ min: -(2n ** 63n), max: -(2n ** 53n) }),
);
const bytes = fc.uint8Array({ maxLength: 8 }).map((some) => new Uint8Array(some));
const real = fc.oneof(fc.double(), fc.constantFrom(Infinity, -Infinity, Number.NaN, -0));

const integer = (bits: number) => fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 });

const simple: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  string: text,
  anyURI: text,
  boolean: fc.boolean(),
  byte: integer(8),
  short: integer(16),
  int: integer(32),
  long,
  float: real,
  double: real,
  dateTime: date,
  base64Binary: bytes,
};

const reference = (to = "VirtualMachine") =>
  fc.record({ type: fc.constant(to), value: text.filter((id) => id !== "") });

const cache = new Map<string, fc.Arbitrary<unknown>>();

/** Any value of a slot; undefined where the schema does not describe its type. At depth 0 data objects have required properties only. */
export function slotValue(info: ValueInfo, depth: number): fc.Arbitrary<unknown> | undefined {
  const key = `${info.type} ${info.ref} ${info.array} ${info.optional} ${depth}`;
  const known = cache.get(key);
  if (known) return known;
  const one = oneOf(info, depth);
  if (!one) return undefined;
  // What is unset and what is empty are the same on the wire.
  const minLength = info.optional ? 1 : 0;
  const made = info.array ? fc.array(one, { minLength, maxLength: 3 }) : one;
  cache.set(key, made);
  return made;
}

function oneOf({ type, ref }: ValueInfo, depth: number): fc.Arbitrary<unknown> | undefined {
  if (type === "anyType") return any(depth);
  if (type === "ManagedObjectReference") return reference(managedType(ref ?? "") ? ref : undefined);
  const values = enumType(type)?.values;
  if (values) return fc.constantFrom(...values);
  const info = dataType(type);
  if (!info) return simple[type];
  if (!info.polymorphic) return dataOf(info, depth);
  const types = [info, ...(depth <= 0 ? [] : subtypes(type).flatMap((name) => dataType(name) ?? []))];
  return fc.constantFrom(...types).chain((one) => named(one, depth));
}

/** Any value of any type, which it says itself. */
export function any(depth: number): fc.Arbitrary<unknown> {
  const strings = fc.array(text, { maxLength: 3 });
  const scalars = fc.oneof(
    text,
    fc.boolean(),
    integer(32),
    long,
    real.filter((one) => !Object.is(one, -0)),
    bytes,
    reference(),
    strings,
  );
  if (depth <= 0) return scalars;
  const option = dataType("OptionValue");
  const nested = fc.array(any(0), { maxLength: 3 });
  return option ? fc.oneof(scalars, nested, named(option, depth - 1)) : scalars;
}

const named = (info: DataInfo, depth: number): fc.Arbitrary<object> =>
  dataOf(info, depth).map((value) => ({ _typeName: info.name, ...value }));

/** Any data object of exactly one type. */
export function dataOf(info: DataInfo, depth: number): fc.Arbitrary<object> {
  const key = `${info.name} ${depth}`;
  const known = cache.get(key);
  if (known) return known as fc.Arbitrary<object>;
  const members: Record<string, fc.Arbitrary<unknown>> = {};
  const required: string[] = [];
  for (const property of info.properties) {
    if (property.optional && depth <= 0) continue;
    // Types may hold themselves, even where they must: deep down the rest is left out.
    if (depth < -2 && dataType(property.type) && !property.array) continue;
    const value = depth < -2 && property.array ? fc.constant([]) : slotValue(property, depth - 1);
    if (!value) continue;
    members[property.name] = value;
    if (!property.optional) required.push(property.name);
  }
  const made = fc.record(members, { requiredKeys: required });
  cache.set(key, made);
  return made;
}
