import { type DataInfo, dataType, type PropertyInfo } from "../vim/schema.ts";
import type { Read } from "./read-scalar.ts";
import { readerOf } from "./read-value.ts";
import type { Scanner } from "./scanner.ts";

/** A member of a data type, as it is read. */
interface Member {
  readonly name: string;
  readonly array: boolean;
  read: Read;
  /** What came after it the last time: most likely that comes again. */
  next: string;
}

const readers = new Map<string, Read>();

/** How a data object of exactly one type is read. */
export function dataReader(name: string): Read {
  const known = readers.get(name);
  if (known) return known;
  const info = dataType(name);
  if (!info) throw new Error(`${name} is no data type`);
  const shape = new Shape(info);
  const read: Read = (scanner) => shape.read(scanner);
  readers.set(name, read);
  return read;
}

class Shape {
  readonly #info: DataInfo;
  readonly #members = new Map<string, Member>();
  #first: string;

  constructor(info: DataInfo) {
    this.#info = info;
    this.#first = info.properties[0]?.name ?? "";
  }

  read(scanner: Scanner): object {
    const { polymorphic, name } = this.#info;
    const value: Record<string, unknown> = polymorphic || scanner.attributes.type ? { _typeName: name } : {};
    if (scanner.empty) scanner.leave();
    else this.#members_(scanner, value);
    for (const property of this.#info.properties)
      if (property.array && !property.optional && value[property.name] === undefined) value[property.name] = none;
    return Object.freeze(value);
  }

  #members_(scanner: Scanner, value: Record<string, unknown>): void {
    let before: Member | undefined;
    let guess = this.#first;
    let list: unknown[] | undefined;
    for (let child = scanner.child(guess); child !== undefined; child = scanner.child(guess)) {
      const member = scanner.ours ? this.#member(child) : undefined;
      if (!member) {
        if (scanner.strict) scanner.refuse(`${this.#info.name} has no such property`);
        scanner.skip();
        continue;
      }
      if (before) before.next = child;
      else this.#first = child;
      if (member.array) {
        const present = value[child];
        list = Array.isArray(present) ? present : [];
        scanner.places[scanner.depth] = list.length;
        const element = member.read(scanner);
        if (element !== undefined) list.push(element);
        value[child] = list;
      } else {
        if (scanner.strict && value[child] !== undefined) scanner.refuse("it is given twice");
        const given = member.read(scanner);
        if (given !== undefined) value[child] = given;
      }
      before = member;
      guess = member.next;
    }
    scanner.close();
    if (list) for (const name in value) if (Array.isArray(value[name])) Object.freeze(value[name]);
  }

  #member(name: string): Member | undefined {
    const known = this.#members.get(name);
    if (known) return known;
    const property = this.#info.property(name);
    if (!property) return undefined;
    const member = memberOf(property);
    this.#members.set(name, member);
    return member;
  }
}

function memberOf(property: PropertyInfo): Member {
  const { name, array } = property;
  const member: Member = {
    name,
    array,
    read: (scanner) => {
      member.read = readerOf(property);
      return member.read(scanner);
    },
    next: name,
  };
  return member;
}

const none: readonly never[] = Object.freeze([]);
