import { code, plainText } from "./characters.ts";
import { Elements } from "./elements.ts";

/** From this length on, part of a string is not copied but points to the whole. */
const sliced = 13;

/**
 * Reads XML 1.0 with namespaces straight off a string, element by element as it is asked for: `child` steps to the next element
 * within the present one, `content` takes an element's text, `close` its end. Document types and entities are refused, so what is
 * read is never larger than what was sent. What is not well-formed throws as soon as it is come upon.
 */
export class Scanner extends Elements {
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
      return at - start < sliced ? text.slice(start, at) : this.#detached(start, at);
    }
    const value = this.characters();
    if (text.charCodeAt(this.at + 1) !== code.slash) this.refuse("an element where there should be text only");
    this.close();
    return value;
  }

  /**
   * Takes a whole number of at most nine digits that an element holds and nothing else, and its end. Undefined where it holds
   * anything else: nothing has happened then.
   */
  integer(): number | undefined {
    const { text } = this;
    let at = this.at;
    let c = text.charCodeAt(at);
    const negative = c === 45;
    if (negative) c = text.charCodeAt(++at);
    const start = at;
    let value = 0;
    while (c >= 48 && c <= 57) {
      value = value * 10 + c - 48;
      c = text.charCodeAt(++at);
    }
    if (this.empty || c !== code.less || at === start || at - start > 9 || text.charCodeAt(at + 1) !== code.slash)
      return undefined;
    this.at = at;
    this.close();
    return negative && value !== 0 ? -value : value;
  }

  /** Whether an element holds a word and nothing else: then it and its end are taken. */
  holds(word: string): boolean {
    const end = this.at + word.length;
    if (this.empty || !this.text.startsWith(word, this.at) || !this.text.startsWith("</", end)) return false;
    this.at = end;
    this.close();
    return true;
  }

  /**
   * A part of the document that does not keep all of the document in memory, as parts of strings do. The values of a vCenter
   * repeat: one that was there before is the same string.
   */
  #detached(start: number, end: number): string {
    const { text } = this;
    const length = end - start;
    const place =
      (text.charCodeAt(start) * 31 +
        text.charCodeAt(end - 1) * 7 +
        text.charCodeAt(start + (length >> 1)) * 131 +
        length) &
      1023;
    const before = this.#recent[place];
    if (before !== undefined && before.length === length && text.startsWith(before, start)) return before;
    const value = ` ${text.slice(start, end)}`.slice(1);
    this.#recent[place] = value;
    return value;
  }

  readonly #recent: string[] = [];
}
