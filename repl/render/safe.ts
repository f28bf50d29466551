/**
 * Text that came from data (names of machines, notes, guest output, file contents) made safe for a terminal.
 *
 * A terminal obeys control characters wherever they come from: an escape sequence in a machine's name could retitle
 * the window, move the cursor over an earlier line or hide the rest of a row, and a bidi override could show one name
 * as another. Here they become visible signs: C0 controls their control pictures (`␛`), the rest `\u{202e}`.
 */

const plain = /^[\x20-\x7e]*$/;

// Invisible characters that do change how text looks are kept: joiners, variation selectors and tags build emoji.
const hazard =
  /[\p{Cc}\p{Bidi_Control}\p{Cs}\u2028\u2029\ufff9-\ufffb]|(?!\u034f|[\u180b-\u180f]|\u200c|\u200d|[\ufe00-\ufe0f]|[\u{e0020}-\u{e007f}]|[\u{e0100}-\u{e01ef}])\p{Default_Ignorable_Code_Point}/gu;

/** The sign shown in place of one character that must not reach a terminal. */
function sign(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return "␡";
  if (code >= 0xd800 && code <= 0xdfff) return "\ufffd";
  return `\\u{${code.toString(16)}}`;
}

/**
 * `text` as one line that a terminal shows as it stands: every control character, line break, bidi control and
 * invisible character is replaced by a visible sign. Text without any is returned unchanged.
 *
 * @example
 * visible("web\u001b[2J\n01"); // "web␛[2J␊01"
 */
export function visible(text: string): string {
  return plain.test(text) ? text : text.replace(hazard, sign);
}

/**
 * `text` as the lines a terminal shows: line feeds (also `\r\n`) divide lines, tabs stay, all else is as in
 * {@link visible}. For text whose author chose its lines, such as a string a script prints.
 *
 * @example
 * visibleLines("one\r\ntwo\u0007"); // ["one", "two␇"]
 */
export function visibleLines(text: string): string[] {
  if (plain.test(text)) return [text];
  return text.split(/\r?\n/).map((line) => line.split("\t").map(visible).join("\t"));
}

/** As {@link visibleLines}, but tabs become signs too: for lines that have to stay in their column. */
export function visibleRows(text: string): string[] {
  return text.split(/\r?\n/).map(visible);
}

/** {@link visibleLines} joined again: text that keeps its line feeds and tabs and nothing else that a terminal obeys. */
export function visibleText(text: string): string {
  return plain.test(text) ? text : visibleLines(text).join("\n");
}
