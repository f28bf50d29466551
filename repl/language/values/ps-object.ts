import type { Members, MemberValue } from "./members.ts";
import type { Value } from "./value.ts";

const CUSTOM = ["System.Management.Automation.PSCustomObject", "System.Object"];

/** A property or method that was put on an object: a note property holds `value`, the others compute. */
class NoteProperty implements MemberValue {
  readonly name: string;
  readonly kind = "NoteProperty";
  value: Value;

  constructor(name: string, value: Value) {
    this.name = name;
    this.value = value;
  }

  get(): Value {
    return this.value;
  }

  set(value: Value): void {
    this.value = value;
  }
}

/** A `[pscustomobject]`: properties in order, names in any case. */
export class PSObject implements Members {
  readonly typeNames: string[];
  private readonly bag = new Map<string, MemberValue>();

  constructor(typeNames: readonly string[] = CUSTOM) {
    this.typeNames = [...typeNames];
  }

  /** An object with these note properties: `PSObject.of({ Name: "a", Size: 3 })`. */
  static of(properties: Readonly<Record<string, Value>>, typeName?: string): PSObject {
    const object = new PSObject(typeName === undefined ? CUSTOM : [typeName, ...CUSTOM]);
    for (const [name, value] of Object.entries(properties)) object.note(name, value);
    return object;
  }

  /** Adds a note property, or replaces the value of the one there is. */
  note(name: string, value: Value): this {
    const key = name.toLowerCase();
    const existing = this.bag.get(key);
    if (existing instanceof NoteProperty) existing.value = value;
    else this.bag.set(key, new NoteProperty(name, value));
    return this;
  }

  /** Adds any member: a script property, a method, an alias. */
  add(member: MemberValue): this {
    this.bag.set(member.name.toLowerCase(), member);
    return this;
  }

  remove(name: string): boolean {
    return this.bag.delete(name.toLowerCase());
  }

  member(name: string): MemberValue | undefined {
    return this.bag.get(name) ?? this.bag.get(name.toLowerCase());
  }

  memberNames(): readonly string[] {
    return [...this.bag.values()].map((member) => member.name);
  }

  members(): Iterable<MemberValue> {
    return this.bag.values();
  }

  /** The value of a note property; undefined when there is none. */
  get(name: string): Value | undefined {
    const member = this.member(name);
    return member instanceof NoteProperty ? member.value : undefined;
  }

  /** A copy whose note properties can change apart from this one's. */
  copy(): PSObject {
    const copied = new PSObject(this.typeNames);
    for (const member of this.bag.values()) {
      if (member instanceof NoteProperty) copied.note(member.name, member.value);
      else copied.add(member);
    }
    return copied;
  }
}
