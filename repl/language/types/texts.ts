import { Buffer } from "node:buffer";
import { parseNumber } from "../convert/parse-number.ts";
import { toText } from "../convert/to-text.ts";
import { intAt, problem, textAt } from "../members/arguments.ts";
import { format } from "../operators/format.ts";
import { itemsOf } from "../values/items.ts";
import type { Members, MemberValue } from "../values/members.ts";
import type { Value } from "../values/value.ts";
import { cast } from "./cast.ts";
import type { StaticMethod, TypeDefinition } from "./definition.ts";
import { typeNamed } from "./registry.ts";

/** Bytes of a `byte[]` in whatever form a script holds it. */
export function bytesAt(args: readonly Value[], index: number): Uint8Array {
  const value = args[index] ?? null;
  if (value instanceof Uint8Array) return value;
  return Uint8Array.from((itemsOf(value) ?? [value]).map((item) => Number(toText(item))));
}

function method(name: string, invoke: (args: readonly Value[]) => Value): MemberValue {
  return { name, kind: "Method", invoke };
}

/** `[Text.Encoding]::UTF8` and its siblings. */
class Encoding implements Members {
  readonly typeNames: readonly string[];
  private readonly members: readonly MemberValue[];

  constructor(name: string, encoding: BufferEncoding) {
    this.typeNames = [`System.Text.${name}Encoding`, "System.Text.Encoding", "System.Object"];
    this.members = [
      { name: "EncodingName", kind: "Property", get: () => name },
      { name: "WebName", kind: "Property", get: () => encoding },
      method(
        "GetBytes",
        (args) =>
          new Uint8Array(
            Buffer.from((itemsOf(args[0] ?? null) ?? [args[0] ?? null]).map((item) => toText(item)).join(""), encoding),
          ),
      ),
      method("GetString", (args) => Buffer.from(bytesAt(args, 0)).toString(encoding)),
      method("GetByteCount", (args) => Buffer.byteLength(textAt(args, 0), encoding)),
    ];
  }

  member(name: string): MemberValue | undefined {
    return this.members.find((each) => each.name.toLowerCase() === name.toLowerCase());
  }

  memberNames(): readonly string[] {
    return this.members.map((each) => each.name);
  }
}

export const ENCODING_TYPE: TypeDefinition = {
  fullName: "System.Text.Encoding",
  is: (value) => value instanceof Encoding,
  properties: {
    ASCII: () => new Encoding("ASCII", "latin1"),
    UTF8: () => new Encoding("UTF8", "utf8"),
    Unicode: () => new Encoding("Unicode", "utf16le"),
    Default: () => new Encoding("UTF8", "utf8"),
    Latin1: () => new Encoding("Latin1", "latin1"),
  },
  methods: {
    GetEncoding: (args) =>
      new Encoding(
        "UTF8",
        /unicode|utf-?16/i.test(textAt(args, 0))
          ? "utf16le"
          : /ascii|1252|8859|latin/i.test(textAt(args, 0))
            ? "latin1"
            : "utf8",
      ),
  },
};

/** `[Text.StringBuilder]` */
class StringBuilder implements Members {
  readonly typeNames = ["System.Text.StringBuilder", "System.Object"];
  private text: string;
  private readonly members: readonly MemberValue[];

  constructor(text: string) {
    this.text = text;
    const change = (name: string, apply: (args: readonly Value[]) => string) =>
      method(name, (args) => {
        this.text = apply(args);
        return this;
      });
    this.members = [
      { name: "Length", kind: "Property", get: () => this.text.length },
      change("Append", (args) => this.text + textAt(args, 0)),
      change("AppendLine", (args) => `${this.text}${textAt(args, 0)}\n`),
      change("AppendFormat", (args) => this.text + format(args[0] ?? "", args.slice(1))),
      change(
        "Insert",
        (args) => this.text.slice(0, intAt(args, 0)) + textAt(args, 1) + this.text.slice(intAt(args, 0)),
      ),
      change("Remove", (args) => this.text.slice(0, intAt(args, 0)) + this.text.slice(intAt(args, 0) + intAt(args, 1))),
      change("Replace", (args) => this.text.split(textAt(args, 0)).join(textAt(args, 1))),
      change("Clear", () => ""),
      method("ToString", () => this.text),
    ];
  }

  member(name: string): MemberValue | undefined {
    return this.members.find((each) => each.name.toLowerCase() === name.toLowerCase());
  }

  memberNames(): readonly string[] {
    return this.members.map((each) => each.name);
  }

  asText(): string {
    return this.text;
  }
}

export const BUILDER_TYPE: TypeDefinition = {
  fullName: "System.Text.StringBuilder",
  is: (value) => value instanceof StringBuilder,
  construct: (args) => new StringBuilder(typeof args[0] === "number" ? "" : textAt(args, 0)),
};

const castTo =
  (type: string): StaticMethod =>
  (args) => {
    const definition = typeNamed(type)?.definition;
    const [value = null, base] = args;
    if (typeof value === "string" && base !== undefined && /^int/.test(type)) return fromBase(value, intAt(args, 1));
    return definition ? cast(definition, value) : null;
  };

function fromBase(text: string, base: number): Value {
  const digits = text.replace(base === 16 ? /^0x/i : /^$/, "");
  const value = Number.parseInt(digits, base);
  if (Number.isNaN(value)) throw problem("System.FormatException", "Could not find any recognizable digits.");
  return base === 16 && digits.length <= 8 ? value | 0 : (parseNumber(String(value)) ?? value);
}

export const CONVERT_TYPE: TypeDefinition = {
  fullName: "System.Convert",
  is: () => false,
  methods: {
    FromBase64String: (args) => new Uint8Array(Buffer.from(textAt(args, 0), "base64")),
    ToBase64String: (args) => Buffer.from(bytesAt(args, 0)).toString("base64"),
    FromHexString: (args) => new Uint8Array(Buffer.from(textAt(args, 0), "hex")),
    ToHexString: (args) => Buffer.from(bytesAt(args, 0)).toString("hex").toUpperCase(),
    ToBoolean: castTo("bool"),
    ToByte: castTo("byte"),
    ToChar: castTo("char"),
    ToDateTime: castTo("datetime"),
    ToDecimal: castTo("decimal"),
    ToDouble: castTo("double"),
    ToInt16: castTo("int16"),
    ToInt32: castTo("int"),
    ToInt64: castTo("int64"),
    ToUInt32: castTo("uint32"),
    ToUInt64: castTo("uint64"),
    ToString: (args) =>
      args.length > 1 ? BigInt.asUintN(32, BigInt(intAt(args, 0))).toString(intAt(args, 1)) : textAt(args, 0),
  },
};
