import { code, isCharacter, isSpace } from "./characters.ts";
import type { Elements } from "./elements.ts";
import { limits } from "./limits.ts";
import { namespaces } from "./namespaces.ts";
import { referenceAt } from "./reference.ts";

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
  readonly #elements: Elements;
  #list: readonly Attribute[] = none;

  constructor(elements: Elements) {
    this.#elements = elements;
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
    const elements: Elements = this.#elements;
    const { text, scopes, depth } = elements;
    this.#list = none;
    const raw: { readonly name: string; readonly value: string }[] = [];
    for (;;) {
      const start = elements.at;
      while (isSpace(text.charCodeAt(elements.at))) elements.at++;
      const c = text.charCodeAt(elements.at);
      if (c === code.greater || c === code.slash) break;
      if (elements.at === start) elements.fail("a tag that is not in order");
      const attribute = this.#one();
      if (raw.some(({ name }) => name === attribute.name)) elements.fail(`'${attribute.name}' is given twice`);
      if (raw.push(attribute) > limits.attributes) elements.fail("too many attributes", "TooDeep");
      if (attribute.name === "xmlns") scopes.bind("", bindable("", attribute.value, elements), depth);
      else if (attribute.name.startsWith("xmlns:")) {
        const prefix = attribute.name.slice("xmlns:".length);
        scopes.bind(prefix, bindable(prefix, attribute.value, elements), depth);
      }
    }
    if (raw.length > 0) this.#list = this.#resolved(raw);
  }

  #one(): { readonly name: string; readonly value: string } {
    const elements: Elements = this.#elements;
    const { text } = elements;
    const end = elements.name(elements.at);
    const name = text.slice(elements.at, end);
    elements.at = end;
    while (isSpace(text.charCodeAt(elements.at))) elements.at++;
    if (text.charCodeAt(elements.at) !== code.equals) elements.fail(`'${name}' without a value`);
    elements.at++;
    while (isSpace(text.charCodeAt(elements.at))) elements.at++;
    const quote = text.charCodeAt(elements.at);
    if (quote !== code.quote && quote !== code.apostrophe) elements.fail(`the value of '${name}' is not in quotes`);
    elements.at++;
    return { name, value: this.#value(quote) };
  }

  #value(quote: number): string {
    const elements: Elements = this.#elements;
    const { text } = elements;
    let value = "";
    let start = elements.at;
    for (;;) {
      const { at } = elements;
      const c = text.codePointAt(at);
      if (c === undefined) elements.fail("it ends within a tag");
      if (c === quote) {
        elements.at = at + 1;
        return value + text.slice(start, at);
      }
      if (c === code.less) elements.fail("'<' in an attribute");
      if (c === code.ampersand) {
        const reference = referenceAt(elements, at);
        value += text.slice(start, at) + reference.text;
        elements.at = start = reference.end;
      } else if (isSpace(c)) {
        value += `${text.slice(start, at)} `;
        elements.at = start = c === code.return && text.charCodeAt(at + 1) === code.newline ? at + 2 : at + 1;
      } else {
        if (!isCharacter(c)) elements.fail(`the character ${c}, which XML does not have`);
        elements.at += c > 0xffff ? 2 : 1;
      }
    }
  }

  #resolved(raw: readonly { readonly name: string; readonly value: string }[]): readonly Attribute[] {
    const elements: Elements = this.#elements;
    const list: Attribute[] = [];
    for (const { name, value } of raw) {
      const colon = name.indexOf(":");
      const prefix = colon < 0 ? "" : name.slice(0, colon);
      if (prefix === "xmlns" || name === "xmlns") continue;
      const local = name.slice(colon + 1);
      const uri = prefix === "" ? "" : elements.scopes.lookUp(prefix);
      if (uri === undefined) elements.fail(`the prefix of '${name}' is not bound`);
      if (uri !== "" && list.some((one) => one.local === local && one.uri === uri))
        elements.fail(`'${name}' is given twice`);
      list.push({ name, value, uri, local });
    }
    return list;
  }
}

const none: readonly never[] = [];

/** What a prefix may be bound to. */
function bindable(prefix: string, value: string, elements: Elements): string {
  const uri = value.trim();
  const reserved = uri === namespaces.xml || uri === namespaces.xmlns;
  if (prefix === "xml" ? uri !== namespaces.xml : prefix === "xmlns" || reserved || (prefix !== "" && uri === ""))
    elements.fail(`the prefix '${prefix}' cannot be bound to '${uri.slice(0, 100)}'`);
  return uri;
}
