/**
 * Reads CSV the way Import-Csv does: RFC 4180, and lenient where spreadsheets are. Blanks before a field are skipped,
 * blanks after one dropped; text behind a closing quote belongs to the field; quotes may hold line breaks.
 */
export function* parseCsv(text: string, delimiter = ","): Generator<string[]> {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    const record: string[] = [];
    for (;;) {
      const field = readField(text, at, delimiter);
      record.push(field.value);
      at = field.end;
      if (text.startsWith(delimiter, at)) at += delimiter.length;
      else break;
    }
    if (text[at] === "\r") at++;
    if (text[at] === "\n") at++;
    yield record;
  }
}

interface Field {
  readonly value: string;
  /** Index of the delimiter or line end behind the field. */
  readonly end: number;
}

function readField(text: string, from: number, delimiter: string): Field {
  let at = from;
  while ((text[at] === " " || text[at] === "\t") && !text.startsWith(delimiter, at)) at++;
  if (text[at] !== '"') {
    const end = fieldEnd(text, at, delimiter);
    return { value: text.slice(at, end).trimEnd(), end };
  }
  let value = "";
  for (at++; ; ) {
    const close = text.indexOf('"', at);
    if (close === -1) return { value: value + text.slice(at), end: text.length };
    value += text.slice(at, close);
    at = close + 1;
    if (text[at] !== '"') break;
    value += '"';
    at++;
  }
  const end = fieldEnd(text, at, delimiter);
  return { value: value + text.slice(at, end).trimEnd(), end };
}

function fieldEnd(text: string, from: number, delimiter: string): number {
  let at = from;
  while (at < text.length && text[at] !== "\n" && text[at] !== "\r" && !text.startsWith(delimiter, at)) at++;
  return at;
}
