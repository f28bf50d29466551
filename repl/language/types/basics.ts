import { toBoolean } from "../convert/to-boolean.ts";
import { isNumber, tryNumber } from "../convert/to-number.ts";
import { toText } from "../convert/to-text.ts";
import { charsAt, intAt, textAt } from "../members/arguments.ts";
import { format } from "../operators/format.ts";
import { compareText } from "../operators/strings.ts";
import { Char } from "../values/char.ts";
import { Guid } from "../values/guid.ts";
import { Hashtable } from "../values/hashtable.ts";
import { itemsOf } from "../values/items.ts";
import { List } from "../values/list.ts";
import { isMembers } from "../values/members.ts";
import { NOTHING } from "../values/nothing.ts";
import { PSObject } from "../values/ps-object.ts";
import { ReferenceBox } from "../values/reference-box.ts";
import { ScriptBlock } from "../values/script-block.ts";
import { Credential, SecureString } from "../values/secure-string.ts";
import { TypeValue } from "../values/type-value.ts";
import type { Value } from "../values/value.ts";
import { Version } from "../values/version.ts";
import { CastProblem } from "./cast.ts";
import type { TypeDefinition } from "./definition.ts";

const STRING: TypeDefinition = {
  fullName: "System.String",
  accelerator: "string",
  is: (value) => typeof value === "string",
  convert: (value) => toText(value),
  properties: { Empty: () => "" },
  methods: {
    Compare: (args) => Math.sign(compareText(textAt(args, 0), textAt(args, 1), args[2] !== true)),
    Concat: (args) =>
      args
        .flatMap((arg) => itemsOf(arg) ?? [arg])
        .map((arg) => toText(arg))
        .join(""),
    Equals: (args) => args[0] === args[1],
    Format: (args) => format(args[0] ?? "", args.length === 2 ? (args[1] ?? null) : args.slice(1)),
    IsNullOrEmpty: (args) => toText(args[0] ?? null) === "",
    IsNullOrWhiteSpace: (args) => toText(args[0] ?? null).trim() === "",
    Join: (args) =>
      args
        .slice(1)
        .flatMap((arg) => itemsOf(arg) ?? [arg])
        .map((arg) => toText(arg))
        .join(textAt(args, 0)),
    new: (args) => fromCharacters(args),
  },
  construct: (args) => fromCharacters(args),
};

/** `[string]::new('a', 3)`, `[string]::new($chars)` */
function fromCharacters(args: readonly Value[]): string {
  const [first] = args;
  const one = first instanceof Char || (typeof first === "string" && first.length === 1);
  return one && args.length > 1 ? first.toString().repeat(intAt(args, 1)) : charsAt(args, 0);
}

const BOOLEAN: TypeDefinition = {
  fullName: "System.Boolean",
  accelerator: "bool",
  is: (value) => typeof value === "boolean",
  convert: toBoolean,
  properties: { TrueString: () => "True", FalseString: () => "False" },
  methods: {
    Parse(args) {
      const text = textAt(args, 0).trim().toLowerCase();
      if (text !== "true" && text !== "false")
        throw new CastProblem(`String '${textAt(args, 0)}' was not recognized as a valid Boolean.`);
      return text === "true";
    },
  },
};

const SWITCH: TypeDefinition = {
  fullName: "System.Management.Automation.SwitchParameter",
  accelerator: "switch",
  names: ["switchparameter"],
  is: () => false,
  convert: toBoolean,
};

const CHAR: TypeDefinition = {
  fullName: "System.Char",
  accelerator: "char",
  is: (value) => value instanceof Char,
  convert(value) {
    if (value instanceof Char) return value;
    if (typeof value === "string") {
      if (value.length === 1) return Char.of(value);
      throw new CastProblem("String must be exactly one character long.");
    }
    const code = tryNumber(value);
    return code === undefined ? undefined : new Char(Number(toText(code)));
  },
  methods: {
    IsDigit: (args) => /^\d/.test(textAt(args, 0)),
    IsLetter: (args) => /^\p{L}/u.test(textAt(args, 0)),
    IsLetterOrDigit: (args) => /^[\p{L}\p{Nd}]/u.test(textAt(args, 0)),
    IsUpper: (args) => /^\p{Lu}/u.test(textAt(args, 0)),
    IsLower: (args) => /^\p{Ll}/u.test(textAt(args, 0)),
    IsWhiteSpace: (args) => /^\s/.test(textAt(args, 0)),
    IsPunctuation: (args) => /^\p{P}/u.test(textAt(args, 0)),
    ToUpper: (args) => Char.of(textAt(args, 0).toUpperCase()),
    ToLower: (args) => Char.of(textAt(args, 0).toLowerCase()),
  },
};

const OBJECT: TypeDefinition = {
  fullName: "System.Object",
  accelerator: "object",
  is: (value) => value !== null,
  convert: (value) => value,
  construct: () => new PSObject(),
};

const PSOBJECT: TypeDefinition = {
  fullName: "System.Management.Automation.PSObject",
  accelerator: "psobject",
  names: ["psobject"],
  is: (value) => value instanceof PSObject || isMembers(value),
  convert: (value) => value,
  construct: () => new PSObject(),
};

const CUSTOM: TypeDefinition = {
  fullName: "System.Management.Automation.PSCustomObject",
  accelerator: "pscustomobject",
  is: (value) => value instanceof PSObject,
  convert: (value) => (value instanceof Hashtable ? customObject(value) : value),
  construct: () => new PSObject(),
};

/** `[pscustomobject]@{ ... }`; `PSTypeName` names its type. */
export function customObject(table: Hashtable): PSObject {
  const object = new PSObject();
  for (const [key, value] of table.entries()) {
    const name = toText(key);
    if (name.toLowerCase() === "pstypename") object.typeNames.unshift(toText(value));
    else object.note(name, value === NOTHING ? null : value);
  }
  return object;
}

const ARRAY: TypeDefinition = {
  fullName: "System.Array",
  accelerator: "array",
  is: (value) => Array.isArray(value),
  convert: (value) => (Array.isArray(value) ? value : [...(itemsOf(value) ?? [value])]),
  methods: {
    IndexOf: (args) => (itemsOf(args[0] ?? null) ?? []).indexOf(args[1] ?? null),
    Reverse(args) {
      if (Array.isArray(args[0])) args[0].reverse();
      return NOTHING;
    },
    Sort(args) {
      const [array] = args;
      if (Array.isArray(array))
        array.sort((left: Value, right: Value) =>
          isNumber(left) && isNumber(right)
            ? Number(toText(left)) - Number(toText(right))
            : compareText(toText(left), toText(right), false),
        );
      return NOTHING;
    },
  },
};

const HASHTABLE: TypeDefinition = {
  fullName: "System.Collections.Hashtable",
  accelerator: "hashtable",
  names: ["collections.hashtable", "system.collections.idictionary", "collections.idictionary"],
  is: (value) => value instanceof Hashtable,
  convert: (value) => (value instanceof Hashtable || value === null ? value : undefined),
  construct: () => new Hashtable(),
};

const SCRIPT_BLOCK: TypeDefinition = {
  fullName: "System.Management.Automation.ScriptBlock",
  accelerator: "scriptblock",
  is: (value) => value instanceof ScriptBlock,
  convert: (value) => (value instanceof ScriptBlock || value === null ? value : undefined),
  methods: { Create: (args, caller) => caller.scriptBlock?.(textAt(args, 0)) ?? null },
};

const TYPE: TypeDefinition = {
  fullName: "System.Type",
  accelerator: "type",
  names: ["system.runtimetype"],
  is: (value) => value instanceof TypeValue,
};

const VOID: TypeDefinition = { fullName: "System.Void", accelerator: "void", is: () => false, convert: () => NOTHING };

const REF: TypeDefinition = {
  fullName: "System.Management.Automation.PSReference",
  accelerator: "ref",
  is: (value) => value instanceof ReferenceBox,
};

const GUID: TypeDefinition = {
  fullName: "System.Guid",
  accelerator: "guid",
  is: (value) => value instanceof Guid,
  convert(value) {
    const parsed = value instanceof Guid ? value : typeof value === "string" ? Guid.parse(value) : undefined;
    if (parsed === undefined && typeof value === "string") throw new CastProblem("Unrecognized Guid format.");
    return parsed;
  },
  properties: { Empty: () => Guid.parse("0".repeat(32)) ?? null },
  methods: { NewGuid: () => Guid.random(), Parse: (args) => Guid.parse(textAt(args, 0)) ?? null },
};

const VERSION: TypeDefinition = {
  fullName: "System.Version",
  accelerator: "version",
  is: (value) => value instanceof Version,
  convert(value) {
    if (value instanceof Version) return value;
    const parsed = Version.parse(toText(value));
    if (parsed === undefined) throw new CastProblem("Version string portion was too short or too long.");
    return parsed;
  },
  construct: (args) =>
    args.length === 1
      ? (Version.parse(textAt(args, 0)) ?? null)
      : new Version(args.map((_, index) => intAt(args, index))),
};

const SECURE_STRING: TypeDefinition = {
  fullName: "System.Security.SecureString",
  accelerator: "securestring",
  is: (value) => value instanceof SecureString,
  convert: (value) => (value instanceof SecureString || value === null ? value : undefined),
  construct: () => new SecureString(""),
};

const CREDENTIAL: TypeDefinition = {
  fullName: "System.Management.Automation.PSCredential",
  accelerator: "pscredential",
  is: (value) => value instanceof Credential,
  convert: (value) => (value instanceof Credential || value === null ? value : undefined),
  construct: (args) =>
    new Credential(textAt(args, 0), args[1] instanceof SecureString ? args[1] : new SecureString(textAt(args, 1))),
};

const BYTES: TypeDefinition = {
  fullName: "System.Byte[]",
  is: (value) => value instanceof Uint8Array,
  convert(value) {
    const items = itemsOf(value);
    return value instanceof Uint8Array
      ? value
      : items
        ? Uint8Array.from(items.map((item) => Number(toText(item))))
        : undefined;
  },
  construct: (args) => new Uint8Array(intAt(args, 0)),
};

const COLLECTION: TypeDefinition = {
  fullName: "System.Collections.ICollection",
  names: ["system.collections.ienumerable", "collections.ienumerable", "system.collections.ilist"],
  is: (value) => Array.isArray(value) || value instanceof List || value instanceof Hashtable,
};

export const BASIC_TYPES: readonly TypeDefinition[] = [
  STRING,
  BOOLEAN,
  SWITCH,
  CHAR,
  OBJECT,
  PSOBJECT,
  CUSTOM,
  ARRAY,
  HASHTABLE,
  SCRIPT_BLOCK,
  TYPE,
  VOID,
  REF,
  GUID,
  VERSION,
  SECURE_STRING,
  CREDENTIAL,
  BYTES,
  COLLECTION,
];
