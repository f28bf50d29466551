import { DateTime, Hashtable, PSObject, scriptError, toDouble, type Value } from "../../language/index.ts";

export interface JsonOptions {
  readonly asHashtable: boolean;
  /** Deepest nesting that is accepted. */
  readonly depth: number;
}

const date = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,7})?(Z|[+-]\d{2}:\d{2})?$/;

/**
 * Reads JSON (comments allowed) as the language's values: integers are `[long]`, other numbers `[double]`, text that
 * is an ISO date a `[datetime]`, objects keep the order of their properties. Errors name line and column.
 */
export function parseJson(text: string, options: JsonOptions): Value {
  const reader = new Reader(text, options);
  const value = reader.value(0);
  reader.end();
  return value;
}

class Reader {
  #at = 0;
  readonly #text: string;
  readonly #options: JsonOptions;

  constructor(text: string, options: JsonOptions) {
    this.#text = text;
    this.#options = options;
  }

  value(depth: number): Value {
    if (depth > this.#options.depth) {
      throw scriptError(`The JSON is nested deeper than ${this.#options.depth} levels; raise -Depth.`, {
        category: "InvalidArgument",
        type: "System.ArgumentException",
      });
    }
    this.#blank();
    const character = this.#text[this.#at];
    if (character === "{") return this.#object(depth);
    if (character === "[") return this.#array(depth);
    if (character === '"') return this.#textOrDate();
    return this.#word();
  }

  end(): void {
    this.#blank();
    if (this.#at < this.#text.length) throw this.#unexpected();
  }

  #object(depth: number): Value {
    const entries: [string, Value][] = [];
    this.#list("}", () => {
      this.#blank();
      if (this.#text[this.#at] !== '"') throw this.#unexpected();
      const name = this.#string();
      this.#blank();
      if (this.#text[this.#at] !== ":") throw this.#unexpected();
      this.#at++;
      entries.push([name, this.value(depth + 1)]);
    });
    if (this.#options.asHashtable) return Hashtable.from(entries, { ordered: true });
    const object = new PSObject();
    for (const [name, value] of entries) object.note(name, value);
    return object;
  }

  #array(depth: number): Value {
    const items: Value[] = [];
    this.#list("]", () => {
      items.push(this.value(depth + 1));
    });
    return items;
  }

  #list(close: string, item: () => void): void {
    this.#at++;
    this.#blank();
    if (this.#text[this.#at] === close) {
      this.#at++;
      return;
    }
    for (;;) {
      item();
      this.#blank();
      const next = this.#text[this.#at];
      if (next !== "," && next !== close) throw this.#unexpected();
      this.#at++;
      if (next === close) return;
    }
  }

  #textOrDate(): Value {
    const text = this.#string();
    const match = date.exec(text);
    const ms = match === null ? Number.NaN : Date.parse(match[1] === undefined ? `${text}Z` : text);
    if (Number.isNaN(ms)) return text;
    if (match?.[1] === undefined) return new DateTime(ms, "Unspecified");
    return DateTime.at(ms, match[1] === "Z" ? "Utc" : "Local");
  }

  #string(): string {
    let end = this.#at + 1;
    while (end < this.#text.length && this.#text[end] !== '"') end += this.#text[end] === "\\" ? 2 : 1;
    if (end >= this.#text.length) throw this.#unexpected("the text that begins here has no end");
    const found = this.#text.slice(this.#at, end + 1);
    try {
      // Newtonsoft accepts line breaks and tabs inside text, JSON.parse does not.
      const parsed: unknown = JSON.parse(found.replace(/[\u0000-\u001f]/g, (raw) => JSON.stringify(raw).slice(1, -1)));
      this.#at = end + 1;
      return String(parsed);
    } catch {
      throw this.#unexpected("the text that begins here has a wrong escape");
    }
  }

  #word(): Value {
    const word = /[-+\w.]+/y;
    word.lastIndex = this.#at;
    const found = word.exec(this.#text)?.[0] ?? "";
    const value = constant(found);
    if (value === undefined) throw this.#unexpected();
    this.#at += found.length;
    return value;
  }

  #blank(): void {
    for (;;) {
      while (/\s/.test(this.#text.charAt(this.#at))) this.#at++;
      const comment = this.#text.startsWith("//", this.#at)
        ? this.#text.indexOf("\n", this.#at)
        : this.#text.startsWith("/*", this.#at)
          ? this.#text.indexOf("*/", this.#at)
          : undefined;
      if (comment === undefined) return;
      const length = this.#text[this.#at + 1] === "*" ? 2 : 0;
      this.#at = comment === -1 ? this.#text.length : comment + length;
    }
  }

  #unexpected(reason?: string): Error {
    const before = this.#text.slice(0, this.#at);
    const line = before.split("\n").length;
    const column = this.#at - before.lastIndexOf("\n");
    const found = this.#text[this.#at];
    const what = reason ?? (found === undefined ? "the text ends too early" : `'${found}' is not expected`);
    return scriptError(`The text is not valid JSON: ${what} (line ${line}, column ${column}).`, {
      category: "InvalidData",
      type: "System.ArgumentException",
      id: "InvalidJson",
    });
  }
}

function constant(word: string): Value | undefined {
  if (word === "null") return null;
  if (word === "true") return true;
  if (word === "false") return false;
  if (/^-?(?:0|[1-9]\d*)$/.test(word)) return BigInt(word);
  if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(word)) return toDouble(Number(word));
  return undefined;
}
