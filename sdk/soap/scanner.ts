import { Attributes } from "./attributes.ts";
import { code, isCharacter, isNamePart, isNameStart, isSpace, plainText } from "./characters.ts";
import { SoapError, type SoapErrorCode } from "./error.ts";
import { limits } from "./limits.ts";
import { isOurs, Scopes } from "./namespaces.ts";
import { referenceAt } from "./reference.ts";

/**
 * Reads XML 1.0 with namespaces straight off a string, element by element as it is asked for: `child` steps to the next element
 * within the present one, `content` takes an element's text, `close` its end. Document types and entities are refused, so what is
 * read is never larger than what was sent. What is not well-formed throws as soon as it is come upon.
 */
export class Scanner {
  readonly text: string;
  /** Unknown elements and values are refused, as a server does, and not passed over, as a client does. */
  readonly strict: boolean;
  at = 0;
  /** How many elements are open. */
  depth = 0;
  /** Whether the element just opened has ended within its tag: it has neither content nor an end tag. */
  empty = false;
  /** Whether the element just opened is in a namespace of vim25. */
  ours = true;
  /** The namespace of the element just opened, where it is not `ours`. */
  uri = "";
  /** The attributes of the element just opened. */
  readonly attributes: Attributes;
  /** Namespaces in scope. */
  readonly scopes = new Scopes();
  /** The open elements by name, as written. */
  readonly names: string[] = [""];
  /** Which of several elements of the same name each of them is; -1 where it does not matter. */
  readonly places: number[] = [-1];

  constructor(text: string, strict: boolean) {
    this.text = text;
    this.strict = strict;
    this.attributes = new Attributes(this);
  }

  /** Opens the root element and gives its local name. */
  root(): string {
    if (this.text.charCodeAt(0) === 0xfeff) this.at = 1;
    if (this.text.startsWith("<?xml", this.at) && isSpace(this.text.charCodeAt(this.at + 5))) this.#declaration();
    this.#misc();
    if (this.text.charCodeAt(this.at) !== code.less) this.fail("text where the root element should begin");
    return this.open();
  }

  /** After the root element nothing may follow but comments. */
  end(): void {
    this.#misc();
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
    const end = at + 1 + guess.length;
    if (guess !== "" && text.charCodeAt(end) === code.greater && text.startsWith(guess, at + 1)) {
      this.at = end + 1;
      this.ours = this.scopes.plainIsOurs;
      if (this.attributes.size > 0) this.attributes.clear();
      this.enter(guess);
      return guess;
    }
    this.at = at;
    return this.open();
  }

  /** Takes the text of an element that holds nothing else, and its end. */
  content(): string {
    if (this.empty) {
      this.leave();
      return "";
    }
    const { text, at: start } = this;
    let at = start;
    for (;;) {
      const c = text.charCodeAt(at);
      if (c < 128 ? plainText[c] === 1 : c < 0xd800) at++;
      else break;
    }
    if (text.charCodeAt(at) === code.less && text.charCodeAt(at + 1) === code.slash) {
      this.at = at;
      this.close();
      return text.slice(start, at);
    }
    const value = this.characters();
    if (text.charCodeAt(this.at + 1) !== code.slash) this.refuse("an element where there should be text only");
    this.close();
    return value;
  }

  /** Takes text up to the next tag. Comments and processing instructions are left out. */
  characters(): string {
    const { text } = this;
    let value = "";
    let start = this.at;
    for (;;) {
      const { at } = this;
      const c = text.charCodeAt(at);
      if (c < 128 ? plainText[c] === 1 : c < 0xd800 || (c > 0xdfff && c < 0xfffe)) {
        this.at++;
        continue;
      }
      if (c === code.less) {
        const next = text.charCodeAt(at + 1);
        value += text.slice(start, at);
        if (next !== code.bang && next !== code.question) return value;
        if (text.startsWith("<![CDATA[", at)) value += this.#cdata();
        else this.#comment();
        start = this.at;
      } else if (c === code.ampersand) {
        const reference = referenceAt(this, at);
        value += text.slice(start, at) + reference.text;
        this.at = start = reference.end;
      } else if (c === code.return) {
        value += `${text.slice(start, at)}\n`;
        this.at = start = text.charCodeAt(at + 1) === code.newline ? at + 2 : at + 1;
      } else if (c === code.bracket) {
        if (text.startsWith("]]>", at)) this.fail("']]>' in text");
        this.at++;
      } else this.#character();
    }
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

  /** Where the name that begins somewhere ends. It has a colon at most once, with something on both sides. */
  name(start: number): number {
    const { text } = this;
    let at = this.#part(start);
    if (text.charCodeAt(at) === code.colon) at = this.#part(at + 1);
    if (at - start > limits.name) this.fail(`a name of more than ${limits.name} characters`, "TooDeep");
    return at;
  }

  #part(start: number): number {
    const { text } = this;
    let at = start;
    for (let c = text.codePointAt(at) ?? -1; at === start ? isNameStart(c) : isNamePart(c); ) {
      at += c > 0xffff ? 2 : 1;
      c = text.codePointAt(at) ?? -1;
    }
    if (at === start) this.fail(at >= text.length ? "it ends too early" : "something that is no name");
    return at;
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

  #character(): void {
    const c = this.text.codePointAt(this.at);
    if (c === undefined) this.fail("it ends too early");
    if (!isCharacter(c)) this.fail(`the character ${c}, which XML does not have`);
    this.at += c > 0xffff ? 2 : 1;
  }

  #cdata(): string {
    const start = this.at + "<![CDATA[".length;
    const end = this.#until("]]>", start);
    this.at = end + 3;
    return this.text.slice(start, end).replace(/\r\n?/g, "\n");
  }

  /** A comment or processing instruction. */
  #comment(): void {
    const { text, at } = this;
    if (text.startsWith("<!--", at)) {
      const end = this.#until("--", at + 4);
      if (text.charCodeAt(end + 2) !== code.greater) this.fail("'--' in a comment");
      this.at = end + 3;
    } else if (text.startsWith("<?", at)) {
      const start = at + 2;
      const end = this.name(start);
      const target = text.slice(start, end);
      if (/^xml$/i.test(target) || target.includes(":")) this.fail(`a processing instruction called '${target}'`);
      if (!isSpace(text.charCodeAt(end)) && !text.startsWith("?>", end)) this.fail("a bad processing instruction");
      this.at = this.#until("?>", end) + 2;
    } else if (text.startsWith("<!DOCTYPE", at))
      this.fail("a document type definition, which is not allowed", "Forbidden");
    else this.fail("a declaration that is not in order");
  }

  /** Where something begins; all before it must be characters of XML. */
  #until(mark: string, from: number): number {
    const end = this.text.indexOf(mark, from);
    if (end < 0) this.fail(`it ends before '${mark}'`);
    this.at = from;
    while (this.at < end) this.#character();
    return end;
  }

  #misc(): void {
    const { text } = this;
    for (;;) {
      while (isSpace(text.charCodeAt(this.at))) this.at++;
      const next = text.charCodeAt(this.at + 1);
      const comment = text.charCodeAt(this.at) === code.less && (next === code.bang || next === code.question);
      if (!comment) return;
      this.#comment();
    }
  }

  #declaration(): void {
    const declaration =
      /<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.\d+"|'1\.\d+')(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"[A-Za-z][\w.-]*"|'[A-Za-z][\w.-]*'))?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>/y;
    declaration.lastIndex = this.at;
    if (!declaration.test(this.text)) this.fail("an XML declaration that is not in order");
    this.at = declaration.lastIndex;
  }

  /** Something that XML or SOAP does not allow. */
  fail(what: string, why: SoapErrorCode = "Malformed"): never {
    throw new SoapError(why, `The message cannot be read at character ${this.at}: ${what}.`);
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
