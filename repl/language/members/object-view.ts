import { toText } from "../convert/to-text.ts";
import { typeNamesOf } from "../types/is-of-type.ts";
import type { Members, MemberValue } from "../values/members.ts";
import { NOTHING } from "../values/nothing.ts";
import { PSObject } from "../values/ps-object.ts";
import type { Value } from "../values/value.ts";
import { membersOf } from "./list.ts";

/** `$object.PSObject`: `Properties`, `Methods`, `Members`, `TypeNames`, `Copy()`. */
export class ObjectView implements Members {
  readonly typeNames = ["System.Management.Automation.PSMemberSet", "System.Object"];
  private readonly subject: Value;

  constructor(subject: Value) {
    this.subject = subject;
  }

  member(name: string): MemberValue | undefined {
    const wanted = name.toLowerCase();
    if (wanted === "copy")
      return {
        name: "Copy",
        kind: "Method",
        invoke: () => (this.subject instanceof PSObject ? this.subject.copy() : this.subject),
      };
    const known = this.memberNames().find((candidate) => candidate.toLowerCase() === wanted);
    return known === undefined ? undefined : { name: known, kind: "Property", get: () => this.value(known) };
  }

  memberNames(): readonly string[] {
    return ["Members", "Properties", "Methods", "TypeNames", "BaseObject"];
  }

  private value(name: string): Value {
    if (name === "TypeNames")
      return this.subject instanceof PSObject ? this.subject.typeNames : [...typeNamesOf(this.subject)];
    if (name === "BaseObject") return this.subject;
    const wanted = (member: MemberValue) =>
      name === "Members" || member.kind.endsWith("Method") === (name === "Methods");
    return new MemberSet(this.subject, membersOf(this.subject).filter(wanted));
  }
}

/** The properties or methods of an object: in turn, by name, with `Add`, `Remove`, `Match`. */
class MemberSet implements Members {
  readonly typeNames = ["System.Management.Automation.PSMemberInfoCollection", "System.Object"];
  private readonly subject: Value;
  private readonly found: readonly MemberValue[];

  constructor(subject: Value, found: readonly MemberValue[]) {
    this.subject = subject;
    this.found = found;
  }

  member(name: string): MemberValue | undefined {
    switch (name.toLowerCase()) {
      case "add":
        return { name: "Add", kind: "Method", invoke: (args) => this.add(args[0] ?? null) };
      case "remove":
        return {
          name: "Remove",
          kind: "Method",
          invoke: (args) => {
            if (this.subject instanceof PSObject) this.subject.remove(toText(args[0] ?? null));
            return NOTHING;
          },
        };
      case "item":
        return { name: "Item", kind: "Method", invoke: (args) => this.index(args[0] ?? null) };
      case "count":
        return { name: "Count", kind: "Property", get: () => this.found.length };
      default:
        return undefined;
    }
  }

  memberNames(): readonly string[] {
    return ["Count", "Add", "Remove", "Item"];
  }

  index(key: Value): Value {
    const wanted = toText(key).toLowerCase();
    const found = this.found.find((member) => member.name.toLowerCase() === wanted);
    return found ? new MemberInfo(found) : null;
  }

  enumerate(): Iterable<Value> {
    return this.found.map((member) => new MemberInfo(member));
  }

  private add(value: Value): Value {
    if (this.subject instanceof PSObject && value instanceof MemberInfo) this.subject.add(value.held);
    return NOTHING;
  }
}

/** One member as an object: `Name`, `Value`, `MemberType`, `TypeNameOfValue`. */
export class MemberInfo implements Members {
  readonly typeNames: readonly string[];
  readonly held: MemberValue;

  constructor(held: MemberValue) {
    this.typeNames = [`System.Management.Automation.PS${held.kind}`, "System.Object"];
    this.held = held;
  }

  member(name: string): MemberValue | undefined {
    const { held } = this;
    switch (name.toLowerCase()) {
      case "name":
        return { name: "Name", kind: "Property", get: () => held.name };
      case "membertype":
        return { name: "MemberType", kind: "Property", get: () => held.kind };
      case "typenameofvalue":
        return { name: "TypeNameOfValue", kind: "Property", get: () => held.type ?? "System.Object" };
      case "value": {
        const property: MemberValue = { name: "Value", kind: "Property", get: () => held.get?.() ?? null };
        return held.set ? { ...property, set: (value) => held.set?.(value) } : property;
      }
      default:
        return undefined;
    }
  }

  memberNames(): readonly string[] {
    return ["Name", "Value", "MemberType", "TypeNameOfValue"];
  }

  asText(): string {
    return `${this.held.name}`;
  }
}
