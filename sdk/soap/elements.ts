import { Attributes, type QName } from "./attributes.ts";
import { code, isSpace } from "./characters.ts";
import { Cursor } from "./cursor.ts";
import { SoapError } from "./error.ts";
import { limits } from "./limits.ts";
import { isOurs, namespaces, Scopes } from "./namespaces.ts";

const xsiType = ' xsi:type="';
const plainType = ' type="';
/** Letters, digits, `_` and `:`. */
const isTypeCharacter = (c: number): boolean =>
  (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 58) || c === 95;

/** A document, element by element: `child` steps to the next one within the present one, `close` takes its end. */
export class Elements extends Cursor {
  /** Unknown elements and values are refused, as a server does, and not passed over, as a client does. */
  readonly strict: boolean;
  /** How many elements are open. */
  depth = 0;
  /** Whether the element just opened has ended within its tag: it has neither content nor an end tag. */
  empty = false;
  /** Whether the element just opened is in a namespace of vim25. */
  ours = true;
  /** The namespace of the element just opened, where it is not `ours`. */
  uri = "";
  /** The attributes of the element just opened, where it was not one of those that are read at a glance. */
  readonly attributes: Attributes;
  /** What its `xsi:type` says, if anything. */
  type: string | undefined;
  /** What its `type` says, that of the managed object referred to. */
  refType: string | undefined;
  /** Whether its `xsi:nil` says that it has no value. */
  nil = false;
  /** Namespaces in scope. */
  readonly scopes = new Scopes();
  /** The open elements by name, as written. */
  readonly names: string[] = [""];
  /** Which of several elements of the same name each of them is; -1 where it does not matter. */
  readonly places: number[] = [-1];

  constructor(text: string, strict: boolean) {
    super(text);
    this.strict = strict;
    this.attributes = new Attributes(this);
  }

  /** Opens the root element and gives its local name. */
  root(): string {
    if (this.text.charCodeAt(0) === 0xfeff) this.at = 1;
    if (this.text.startsWith("<?xml", this.at) && isSpace(this.text.charCodeAt(this.at + 5))) this.declaration();
    this.misc();
    if (this.text.charCodeAt(this.at) !== code.less) this.fail("text where the root element should begin");
    return this.open();
  }

  /** After the root element nothing may follow but comments. */
  end(): void {
    this.misc();
    if (this.at < this.text.length) this.fail("something after the root element");
  }

  /**
   * Opens the next element within the present one and gives its local name, or undefined where there is none left: what is next is
   * the end tag. `guess` is what it is likely to be.
   */
  child(guess: string): string | undefined {
    const { text } = this;
    let at = this.at;
    if (text.charCodeAt(at) !== code.less) at = this.#skipSpace(at);
    const next = text.charCodeAt(at + 1);
    if (next === code.slash) {
      this.at = at;
      return undefined;
    }
    if (next === code.bang || next === code.question) {
      this.#betweenElements();
      return this.child(guess);
    }
    if (guess !== "" && text.startsWith(guess, at + 1) && this.#glance(guess, at + 1 + guess.length)) return guess;
    this.at = at;
    return this.open();
  }

  /**
   * Opens an element that has no attributes but those that elements of vim25 have, as they are nearly always written: where it is
   * none of these, nothing has happened.
   */
  #glance(name: string, end: number): boolean {
    const { text, scopes } = this;
    let at = end;
    let type: string | undefined;
    let refType: string | undefined;
    if (text.charCodeAt(at) === code.space) {
      if (!scopes.usual) return false;
      if (text.startsWith(xsiType, at)) {
        type = this.#quoted(at + xsiType.length, this.#lastType);
        if (type === undefined) return false;
        this.#lastType = type;
        at += xsiType.length + type.length + 1;
      }
      if (text.charCodeAt(at) === code.space) {
        if (!text.startsWith(plainType, at)) return false;
        refType = this.#quoted(at + plainType.length, this.#lastRefType);
        if (refType === undefined) return false;
        this.#lastRefType = refType;
        at += plainType.length + refType.length + 1;
      }
    }
    let empty = false;
    if (text.charCodeAt(at) === code.slash) {
      empty = true;
      at++;
    }
    if (text.charCodeAt(at) !== code.greater) return false;
    this.at = at + 1;
    this.empty = empty;
    this.type = type;
    this.refType = refType;
    this.nil = false;
    this.ours = scopes.plainIsOurs;
    this.enter(name);
    return true;
  }

  #lastType = "";
  #lastRefType = "";

  /** An attribute's value, up to its quote: the one that was there the last time, or another that needs no conversion. */
  #quoted(from: number, last: string): string | undefined {
    const { text } = this;
    if (text.charCodeAt(from + last.length) === code.quote && last !== "" && text.startsWith(last, from)) return last;
    let at = from;
    while (isTypeCharacter(text.charCodeAt(at))) at++;
    return at > from && text.charCodeAt(at) === code.quote ? text.slice(from, at) : undefined;
  }

  /** Opens an element, whose `<` is next, and gives its local name. */
  open(): string {
    const { text } = this;
    const start = this.at + 1;
    const end = this.name(start);
    const name = text.slice(start, end);
    this.at = end;
    this.enter(name);
    this.attributes.read();
    if (text.charCodeAt(this.at) === code.slash) {
      this.empty = true;
      this.at++;
    }
    if (text.charCodeAt(this.at) !== code.greater) this.fail(`the tag of '${name}' does not end`);
    this.at++;
    const colon = name.indexOf(":");
    const uri = this.scopes.lookUp(colon < 0 ? "" : name.slice(0, colon));
    if (uri === undefined) this.fail(`the prefix of '${name}' is not bound`);
    this.uri = uri;
    this.ours = isOurs(uri);
    this.type = this.attributes.xsi("type");
    this.refType = this.attributes.plain("type");
    const nil = this.attributes.xsi("nil");
    this.nil = nil === "true" || nil === "1";
    return colon < 0 ? name : name.slice(colon + 1);
  }

  /** Takes the end tag of the present element, which is next. */
  close(): void {
    const { text } = this;
    const name = this.names[this.depth] ?? "";
    let at = this.at + 2;
    if (text.charCodeAt(this.at + 1) !== code.slash || !text.startsWith(name, at))
      this.fail(`the end tag of '${name}' is missing`);
    at += name.length;
    while (isSpace(text.charCodeAt(at))) at++;
    if (text.charCodeAt(at) !== code.greater) this.fail(`the end tag of '${name}' is not in order`);
    this.at = at + 1;
    this.leave();
  }

  /** Passes over the rest of the present element, whatever it holds. */
  skip(): void {
    const outside = this.depth - 1;
    if (this.empty) this.leave();
    while (this.depth > outside) {
      this.characters();
      if (this.text.charCodeAt(this.at + 1) === code.slash) this.close();
      else {
        this.open();
        if (this.empty) this.leave();
      }
    }
  }

  /** Passes over an element that says that it has no value. */
  nothing(): undefined {
    this.skip();
  }

  /** What a type's name means, by its prefix. */
  qualified(name: string): QName {
    const colon = name.indexOf(":");
    const prefix = colon < 0 ? "" : name.slice(0, colon);
    // govmomi names the types of simple values with a prefix that it never binds.
    const uri = this.scopes.lookUp(prefix) ?? (prefix === "xsd" ? namespaces.xsd : undefined);
    if (uri === undefined) this.refuse(`the prefix of the type '${name.slice(0, 100)}' is not bound`);
    return { uri, local: name.slice(colon + 1) };
  }

  enter(name: string): void {
    this.depth++;
    if (this.depth > limits.depth) this.fail(`elements are nested more than ${limits.depth} deep`, "TooDeep");
    this.names[this.depth] = name;
    this.places[this.depth] = -1;
  }

  leave(): void {
    if (this.scopes.depth === this.depth) this.scopes.leave(this.depth);
    this.empty = false;
    this.depth--;
  }

  #skipSpace(from: number): number {
    let at = from;
    while (isSpace(this.text.charCodeAt(at))) at++;
    this.at = at;
    if (this.text.charCodeAt(at) !== code.less) {
      const value = this.characters();
      if (value.trim() !== "") this.refuse("text where there should be elements only");
    }
    return this.at;
  }

  /** What is between elements besides space: comments. */
  #betweenElements(): void {
    if (this.characters().trim() !== "") this.refuse("text where there should be elements only");
  }

  /** Something that the schema does not allow. */
  refuse(what: string): never {
    const path = this.path();
    throw new SoapError("BadValue", path === "" ? `${what}.` : `${path}: ${what}.`, path);
  }

  /** The way to the present element from what is in the body. */
  path(): string {
    let path = "";
    for (let i = 4; i <= this.depth; i++) {
      const name = this.names[i] ?? "";
      const place = this.places[i] ?? -1;
      path += `${path === "" ? "" : "."}${name.slice(name.indexOf(":") + 1)}${place < 0 ? "" : `[${place}]`}`;
    }
    return path;
  }
}
