import { bytesIn } from "./binary.ts";
import { dateTimeIn } from "./date-time.ts";
import { integerIn, realIn } from "./number.ts";
import type { Scanner } from "./scanner.ts";

/** Reads the element just opened, to its end. Undefined where it holds nothing that is known. */
export type Read = (scanner: Scanner) => unknown;

const text: Read = (scanner) => scanner.content();

function integer(bits: 8 | 16 | 32, name: string): Read {
  const limit = 2 ** (bits - 1);
  return (scanner) => {
    const short = scanner.integer();
    if (short !== undefined && short >= -limit && short < limit) return short;
    if (short !== undefined) return refuse(scanner, `${short}`, name);
    const content = scanner.content();
    const value = integerIn(content);
    if (typeof value === "number" && value >= -limit && value < limit) return value;
    return refuse(scanner, content, name);
  };
}

const long: Read = (scanner) => {
  const short = scanner.integer();
  if (short !== undefined) return short;
  const content = scanner.content();
  const value = integerIn(content);
  if (typeof value === "number" || (value !== undefined && BigInt.asIntN(64, value) === value)) return value;
  return refuse(scanner, content, "long");
};

/** What is turned into a value by a function that gives undefined where it cannot. */
const converted =
  (name: string, convert: (content: string) => unknown): Read =>
  (scanner) => {
    const content = scanner.content();
    const value = convert(content);
    return value === undefined ? refuse(scanner, content, name) : value;
  };

function booleanIn(content: string): boolean | undefined {
  switch (content) {
    case "true":
    case "1":
      return true;
    case "false":
    case "0":
      return false;
    default: {
      const trimmed = content.trim();
      return trimmed === content ? undefined : booleanIn(trimmed);
    }
  }
}

/** The element has been read to its end: the way to it is one longer than to the present one. */
function refuse(scanner: Scanner, content: string, type: string): never {
  scanner.depth++;
  scanner.refuse(`${JSON.stringify(content.slice(0, 100))} is no ${type}`);
}

const anyBoolean = converted("boolean", booleanIn);
const real = converted("double", realIn);

const simple: Readonly<Record<string, Read>> = {
  string: text,
  anyURI: text,
  boolean: (scanner) => (scanner.holds("true") ? true : scanner.holds("false") ? false : anyBoolean(scanner)),
  byte: integer(8, "byte"),
  short: integer(16, "short"),
  int: integer(32, "int"),
  long,
  float: real,
  double: real,
  dateTime: converted("dateTime", dateTimeIn),
  base64Binary: converted("base64Binary", bytesIn),
};

/** How a simple type of XML Schema is read. */
export const simpleReader = (type: string): Read | undefined =>
  Object.hasOwn(simple, type) ? simple[type] : undefined;

/** A reference to a managed object. */
export const readReference: Read = (scanner) => {
  const type = scanner.refType;
  if (type === undefined) scanner.refuse("a reference to a managed object without its type");
  const value = scanner.content();
  return Object.freeze({ type, value });
};

/** A value of an enum. A client takes values that it does not know: servers grow. */
export function enumReader(name: string, values: ReadonlySet<string>): Read {
  return (scanner) => {
    const content = scanner.content();
    return scanner.strict && !values.has(content) ? refuse(scanner, content, name) : content;
  };
}
