import type { PropertyInfo, TypeInfo } from "./info.ts";
import { fromDigits, marks, pick } from "./notation.ts";
import type { Table } from "./table.ts";

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Decodes `name:TYPE` and its marks. A result is written the same way, without a name. */
export function decodeMember(code: string, table: Table): PropertyInfo {
  const colon = code.indexOf(":");
  const member: Writable<PropertyInfo> = { name: code.slice(0, colon), type: "", array: false, optional: false };
  let at = endOfDigits(code, colon + 1);
  member.type = at === colon + 1 ? "ManagedObjectReference" : table.type(code.slice(colon + 1, at));
  while (at < code.length) {
    const mark = code.charAt(at);
    const end = endOfDigits(code, at + 1);
    const digits = code.slice(at + 1, end);
    at = end;
    switch (mark) {
      case marks.array:
        member.array = true;
        break;
      case marks.optional:
        member.optional = true;
        break;
      case marks.addedLater:
        member.optional = true;
        member.addedLater = true;
        break;
      case marks.reference:
        member.ref = table.managedType(digits);
        break;
      case marks.enum:
        member.enum = table.type(digits);
        break;
      case marks.since:
        member.since = pick(table.raw.versions, digits);
        break;
      case marks.deprecated:
        member.deprecated = pick(table.raw.deprecations, digits);
        break;
      case marks.privilege:
        member.privilege = pick(table.raw.privileges, digits);
        break;
      case marks.writePrivilege:
        member.writePrivilege = pick(table.raw.privileges, digits);
        break;
      case marks.secret:
        member.secret = true;
        break;
      case marks.subject:
        member.subject = pick(table.raw.subjects, digits);
        break;
      case marks.link:
        member.link = table.type(digits);
        break;
      case marks.vsan:
        member.vsan = true;
        break;
      case marks.vsanType:
        member.vsanType = true;
        break;
      default:
        throw new Error(`the vim25 table holds an unknown mark in "${code}"`);
    }
  }
  return Object.freeze(member);
}

/**
 * A record's first two fields: what it says of the type itself, the number of its base type ("" for none), and whether
 * it has subtypes.
 */
export function decodeHead(
  head: string,
  dotted: string,
  table: Table,
): { info: TypeInfo; base: string; polymorphic: boolean } {
  const name = head.slice(0, head.indexOf(":"));
  const end = endOfDigits(head, name.length + 1);
  const info: Writable<TypeInfo> = { name, since: table.raw.version };
  let polymorphic = false;
  for (const [, mark, digits = ""] of head.slice(end).matchAll(/([^0-9A-Za-z])([0-9A-Za-z]*)/g)) {
    if (mark === marks.since) info.since = pick(table.raw.versions, digits);
    else if (mark === marks.deprecated) info.deprecated = pick(table.raw.deprecations, digits);
    else if (mark === marks.vsan) info.vsan = true;
    else if (mark === marks.subtypes) polymorphic = true;
  }
  if (dotted !== "") info.vmodl = decodeVmodl(name, dotted, table);
  return { info, base: head.slice(name.length + 1, end), polymorphic };
}

/** See `vmodl` in `generate/pack.ts` for the notation. */
function decodeVmodl(name: string, code: string, table: Table): string {
  const prefix = `${pick(table.raw.packages, code.charAt(0))}.`;
  if (code.charAt(1) === ".") return prefix + code.slice(2);
  const [drop = 0, ...lengths] = [...code.slice(1)].map(fromDigits);
  const parts: string[] = [];
  let at = drop;
  for (const length of lengths) {
    parts.push(name.slice(at, at + length));
    at += length;
  }
  return prefix + [...parts, name.slice(at)].join(".");
}

function endOfDigits(code: string, from: number): number {
  let at = from;
  while (at < code.length && isDigit(code.charCodeAt(at))) at++;
  return at;
}

function isDigit(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}
