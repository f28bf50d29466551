import { code, isCharacter, isNamePart, isNameStart, isSpace, plainText } from "./characters.ts";
import { SoapError, type SoapErrorCode } from "./error.ts";
import { limits } from "./limits.ts";
import { referenceAt } from "./reference.ts";

/** A place in a document, and what may be there besides tags: text, comments, processing instructions, names. */
export class Cursor {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
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

  /** Passes over what may be outside of the root element. */
  protected misc(): void {
    const { text } = this;
    for (;;) {
      while (isSpace(text.charCodeAt(this.at))) this.at++;
      const next = text.charCodeAt(this.at + 1);
      const comment = text.charCodeAt(this.at) === code.less && (next === code.bang || next === code.question);
      if (!comment) return;
      this.#comment();
    }
  }

  /** Passes over the declaration that a document may begin with. */
  protected declaration(): void {
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
}
