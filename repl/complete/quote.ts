/** How a word that is being typed was begun: bare, or with a quote. */
export type QuoteStyle = "" | "'" | '"';

const single = /['\u2018-\u201b]/g;
const double = /["\u201c-\u201e`$]/g;
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

const escapes: Readonly<Record<string, string>> = { "\n": "`n", "\r": "`r", "\t": "`t", "\u001b": "`e", "\0": "`0" };

/** Whether a word of a command line must be quoted to be taken as it stands. */
function needsQuotes(word: string): boolean {
  return (
    word === "" ||
    /[\s(){};,|&<>'"`$\u2018-\u201e\u0000-\u001f\u007f-\u009f]/.test(word) ||
    /^[-\u2013-\u2015@#]/.test(word)
  );
}

/**
 * A word as it is typed on a command line so that the command gets it unchanged, whatever is in it: blanks, quotes, dollar
 * signs, control characters. A word that was begun with a quote is closed with the same.
 *
 * @example
 * quote("my vm", ""); // "'my vm'"
 * quote("it's", '"'); // "\"it's\""
 */
export function quote(word: string, begun: QuoteStyle = ""): string {
  return open(word, begun) + (styleFor(word, begun) || "");
}

/** The same without the closing quote: for a word that is to be typed on. */
export function open(word: string, begun: QuoteStyle = ""): string {
  const style = styleFor(word, begun);
  if (style === "") return word;
  if (style === "'") return `'${word.replace(single, "$&$&")}`;
  const escaped = word.replace(double, "`$&");
  return `"${escaped.replace(control, (one) => escapes[one] ?? `\`u{${one.charCodeAt(0).toString(16)}}`)}`;
}

function styleFor(word: string, begun: QuoteStyle): QuoteStyle {
  // a single-quoted text has no escapes, so control characters need the other kind
  if (word.search(control) >= 0) return '"';
  return begun !== "" ? begun : needsQuotes(word) ? "'" : "";
}

/** A name for a parameter that takes wildcards, so that it means only itself. */
export function literal(name: string): string {
  return name.replace(/[[\]*?`]/g, "`$&");
}
