import { toText } from "../convert/to-text.ts";
import type { Maybe } from "../maybe.ts";
import { replaceText } from "../operators/replace.ts";
import { splitText } from "../operators/split.ts";
import { matchesOf, matchFrom } from "../regex/compile.ts";
import { expandReplacement } from "../regex/replacement.ts";
import type { Caller } from "../types/definition.ts";
import type { Members, MemberValue } from "../values/members.ts";
import type { Regex } from "../values/regex-value.ts";
import { ScriptBlock } from "../values/script-block.ts";
import type { Value } from "../values/value.ts";
import { intAt, textAt } from "./arguments.ts";
import { MemberTable } from "./table.ts";

/** `Success`, `Value`, `Index`, `Length`, and for a whole match `Groups`, `Captures`, `NextMatch()`. */
export class Match implements Members {
  readonly typeNames: readonly string[];
  private readonly regex: Regex | undefined;
  private readonly found: RegExpExecArray | null;
  private readonly text: string;
  private readonly own: {
    readonly name: string;
    readonly value: string;
    readonly index: number;
    readonly success: boolean;
  };

  private constructor(text: string, found: RegExpExecArray | null, regex: Regex | undefined, own: Match["own"]) {
    this.typeNames = [`System.Text.RegularExpressions.${regex ? "Match" : "Group"}`, "System.Object"];
    this.text = text;
    this.found = found;
    this.regex = regex;
    this.own = own;
  }

  static of(regex: Regex, text: string, found: RegExpExecArray | null): Match {
    return new Match(text, found, regex, {
      name: "0",
      value: found?.[0] ?? "",
      index: found?.index ?? 0,
      success: found !== null,
    });
  }

  member(name: string): MemberValue | undefined {
    const wanted = name.toLowerCase();
    if (wanted === "nextmatch" || wanted === "result")
      return { name, kind: "Method", invoke: (args) => this.call(wanted, args) };
    const known = this.memberNames().find((candidate) => candidate.toLowerCase() === wanted);
    return known === undefined ? undefined : { name: known, kind: "Property", get: () => this.property(known) };
  }

  memberNames(): readonly string[] {
    return this.regex
      ? ["Groups", "Success", "Name", "Captures", "Index", "Length", "Value"]
      : ["Success", "Name", "Captures", "Index", "Length", "Value"];
  }

  asText(): string {
    return this.own.value;
  }

  private property(name: string): Value {
    const { value, index, success } = this.own;
    if (name === "Groups") return new Groups([this, ...this.groups()]);
    if (name === "Captures") return success ? [this] : [];
    return { Success: success, Name: this.own.name, Index: index, Length: value.length, Value: value }[name] ?? null;
  }

  private groups(): Match[] {
    return (this.found ?? []).slice(1).map((value, index) => {
      const name = this.regex?.names[index] ?? String(index + 1);
      const at =
        value === undefined ? 0 : (this.found?.index ?? 0) + Math.max(0, (this.found?.[0] ?? "").indexOf(value));
      return new Match(this.text, null, undefined, {
        name,
        value: value ?? "",
        index: at,
        success: value !== undefined,
      });
    });
  }

  private call(name: string, args: readonly Value[]): Value {
    if (this.found === null || this.regex === undefined) return name === "result" ? "" : this;
    if (name === "result") return expandReplacement(textAt(args, 0), this.found, this.text);
    const from = this.found.index + Math.max(1, this.found[0].length);
    return Match.of(this.regex, this.text, from > this.text.length ? null : matchFrom(this.regex, this.text, from));
  }
}

/** The groups of a match: by number, by name, or all in turn. */
class Groups implements Members {
  readonly typeNames = ["System.Text.RegularExpressions.GroupCollection", "System.Object"];
  private readonly groups: readonly Match[];

  constructor(groups: readonly Match[]) {
    this.groups = groups;
  }

  member(name: string): MemberValue | undefined {
    return name.toLowerCase() === "count"
      ? { name: "Count", kind: "Property", get: () => this.groups.length }
      : undefined;
  }

  memberNames(): readonly string[] {
    return ["Count"];
  }

  index(key: Value): Value {
    if (typeof key === "number") return this.groups[key] ?? null;
    const name = toText(key);
    return this.groups.find((group, index) => index > 0 && group.member("Name")?.get?.() === name) ?? null;
  }

  enumerate(): Iterable<Value> {
    return this.groups;
  }
}

export const REGEX_MEMBERS = new MemberTable<Regex>(
  { Options: (self) => (self.expression.ignoreCase ? "IgnoreCase" : "None") },
  {
    IsMatch: (self, args) => matchFrom(self, textAt(args, 0)) !== null,
    Match: (self, args) => Match.of(self, textAt(args, 0), matchFrom(self, textAt(args, 0), intAt(args, 1))),
    Matches: (self, args) =>
      [...matchesOf(self, textAt(args, 0))].map((found) => Match.of(self, textAt(args, 0), found)),
    Replace: (self, args, caller) => replaceWith(self, args, caller),
    Split: (self, args) => splitText(textAt(args, 0), self, intAt(args, 1)),
    GetGroupNames: (self) => ["0", ...self.names.map((name, index) => name ?? String(index + 1))],
    ToString: (self) => self.pattern,
  },
);

/** A replacement is a template, or a script block that gets the match. */
export function replaceWith(regex: Regex, args: readonly Value[], caller: Caller): Maybe<Value> {
  const [text, replacement = ""] = [textAt(args, 0), args[1]];
  if (replacement instanceof ScriptBlock) return replaceByBlock(regex, text, replacement, caller);
  return replaceText(text, regex, toText(replacement), args[2] === undefined ? undefined : intAt(args, 2));
}

export function replaceByBlock(regex: Regex, text: string, block: ScriptBlock, caller: Caller): Maybe<Value> {
  let out = "";
  let from = 0;
  const matches = [...matchesOf(regex, text)];
  const step = (index: number): Maybe<Value> => {
    for (let at = index; at < matches.length; at += 1) {
      const found = matches[at];
      if (found === undefined) break;
      const match = Match.of(regex, text, found);
      const value = caller.invoke(block, [match], match);
      const put = (result: Value) => {
        out += text.slice(from, found.index) + toText(result);
        from = found.index + found[0].length;
      };
      if (value instanceof Promise) {
        return value.then((result) => {
          put(result);
          return step(at + 1);
        });
      }
      put(value);
    }
    return out + text.slice(from);
  };
  return step(0);
}
