import { code, isCharacter, isSpace } from "./characters.ts";
import { limits } from "./limits.ts";
import { namespaces } from "./namespaces.ts";
import { referenceAt } from "./reference.ts";
import type { Scanner } from "./scanner.ts";

export interface Attribute {
  readonly name: string;
  readonly value: string;
  /** Where it has a prefix, what that means. */
  readonly uri: string;
  readonly local: string;
}

/** A name that stands for another: a prefix's namespace, and the name in it. */
export interface QName {
  readonly uri: string;
  readonly local: string;
}

/** The attributes of one element. */
export class Attributes {
  readonly #scanner: Scanner;
  #list: readonly Attribute[] = none;

  constructor(scanner: Scanner) {
    this.#scanner = scanner;
  }

  get list(): readonly Attribute[] {
    return this.#list;
  }

  /** The value of an attribute without a namespace. */
  plain(local: string): string | undefined {
    for (const attribute of this.#list) if (attribute.name === local) return attribute.value;
    return undefined;
  }

  /** The value of an attribute of XML Schema instances. */
  xsi(local: string): string | undefined {
    for (const attribute of this.#list)
      if (attribute.local === local && attribute.uri === namespaces.xsi) return attribute.value.trim();
    return undefined;
  }

  /** Reads the attributes of a tag up to its `>` or `/>`, and binds the namespaces among them. */
  read(): void {
    const scanner: Scanner = this.#scanner;
    const { text, scopes, depth } = scanner;
    this.#list = none;
    const raw: { readonly name: string; readonly value: string }[] = [];
    for (;;) {
      const start = scanner.at;
      while (isSpace(text.charCodeAt(scanner.at))) scanner.at++;
      const c = text.charCodeAt(scanner.at);
      if (c === code.greater || c === code.slash) break;
      if (scanner.at === start) scanner.fail("a tag that is not in order");
      const attribute = this.#one();
      if (raw.some(({ name }) => name === attribute.name)) scanner.fail(`'${attribute.name}' is given twice`);
      if (raw.push(attribute) > limits.attributes) scanner.fail("too many attributes", "TooDeep");
      if (attribute.name === "xmlns") scopes.bind("", bindable("", attribute.value, scanner), depth);
      else if (attribute.name.startsWith("xmlns:")) {
        const prefix = attribute.name.slice("xmlns:".length);
        scopes.bind(prefix, bindable(prefix, attribute.value, scanner), depth);
      }
    }
    if (raw.length > 0) this.#list = this.#resolved(raw);
  }

  #one(): { readonly name: string; readonly value: string } {
    const scanner: Scanner = this.#scanner;
    const { text } = scanner;
    const end = scanner.name(scanner.at);
    const name = text.slice(scanner.at, end);
    scanner.at = end;
    while (isSpace(text.charCodeAt(scanner.at))) scanner.at++;
    if (text.charCodeAt(scanner.at) !== code.equals) scanner.fail(`'${name}' without a value`);
    scanner.at++;
    while (isSpace(text.charCodeAt(scanner.at))) scanner.at++;
    const quote = text.charCodeAt(scanner.at);
    if (quote !== code.quote && quote !== code.apostrophe) scanner.fail(`the value of '${name}' is not in quotes`);
    scanner.at++;
    return { name, value: this.#value(quote) };
  }

  #value(quote: number): string {
    const scanner: Scanner = this.#scanner;
    const { text } = scanner;
    let value = "";
    let start = scanner.at;
    for (;;) {
      const { at } = scanner;
      const c = text.codePointAt(at);
      if (c === undefined) scanner.fail("it ends within a tag");
      if (c === quote) {
        scanner.at = at + 1;
        return value + text.slice(start, at);
      }
      if (c === code.less) scanner.fail("'<' in an attribute");
      if (c === code.ampersand) {
        const reference = referenceAt(scanner, at);
        value += text.slice(start, at) + reference.text;
        scanner.at = start = reference.end;
      } else if (isSpace(c)) {
        value += `${text.slice(start, at)} `;
        scanner.at = start = c === code.return && text.charCodeAt(at + 1) === code.newline ? at + 2 : at + 1;
      } else {
        if (!isCharacter(c)) scanner.fail(`the character ${c}, which XML does not have`);
        scanner.at += c > 0xffff ? 2 : 1;
      }
    }
  }

  #resolved(raw: readonly { readonly name: string; readonly value: string }[]): readonly Attribute[] {
    const scanner: Scanner = this.#scanner;
    const list: Attribute[] = [];
    for (const { name, value } of raw) {
      const colon = name.indexOf(":");
      const prefix = colon < 0 ? "" : name.slice(0, colon);
      if (prefix === "xmlns" || name === "xmlns") continue;
      const local = name.slice(colon + 1);
      const uri = prefix === "" ? "" : scanner.scopes.lookUp(prefix);
      if (uri === undefined) scanner.fail(`the prefix of '${name}' is not bound`);
      if (uri !== "" && list.some((one) => one.local === local && one.uri === uri))
        scanner.fail(`'${name}' is given twice`);
      list.push({ name, value, uri, local });
    }
    return list;
  }
}

const none: readonly never[] = [];

/** What a prefix may be bound to. */
function bindable(prefix: string, value: string, scanner: Scanner): string {
  const uri = value.trim();
  const reserved = uri === namespaces.xml || uri === namespaces.xmlns;
  if (prefix === "xml" ? uri !== namespaces.xml : prefix === "xmlns" || reserved || (prefix !== "" && uri === ""))
    scanner.fail(`the prefix '${prefix}' cannot be bound to '${uri.slice(0, 100)}'`);
  return uri;
}
