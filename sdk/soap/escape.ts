const special = /[<>&\r\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/;
const each = /[<>&\r\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/gu;

/**
 * A string as the text of an element. A carriage return is written by number, as a reader would take it for a new line. What XML
 * 1.0 does not have (control characters, halves of surrogate pairs, U+FFFE and U+FFFF) cannot be written at all, not even by
 * number: U+FFFD takes its place, the character that says that there was one that cannot be shown, so that the length stays and
 * the rest can be read.
 */
export function escapeText(text: string): string {
  return special.test(text) ? text.replace(each, replaced) : text;
}

/** A string as the value of an attribute in double quotes. */
export function escapeAttribute(text: string): string {
  return escapeText(text).replace(/["\t\n]/g, (c) => (c === '"' ? "&quot;" : c === "\t" ? "&#x9;" : "&#xA;"));
}

function replaced(c: string): string {
  switch (c) {
    case "<":
      return "&lt;";
    case ">":
      return "&gt;";
    case "&":
      return "&amp;";
    case "\r":
      return "&#xD;";
    default:
      return "\ufffd";
  }
}
