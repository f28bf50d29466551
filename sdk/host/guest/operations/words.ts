/** A command's arguments that can be known without a shell. */
export interface Words {
  readonly words: readonly string[];
  /** Redirections of output, as they were written. */
  readonly redirections: string;
}

const redirection = /^(?:(?:\d*>>?|&>>?)\s*(?:'[^']*'|[\w@%+=:,./-]+)|\d*>&\d)(?=\s|$)/;
const plain = /^[\w@%+=:,./~^!-]+/;

/**
 * Arguments as a shell reads them: quotes and backslashes, redirections of output. Undefined for anything whose meaning depends on
 * more than that: variables, patterns, several commands.
 */
export function wordsOf(text: string): Words | undefined {
  const words: string[] = [];
  const redirections: string[] = [];
  let word: string | undefined;
  let rest = text;
  while (rest !== "") {
    const space = /^[ \t]+/.exec(rest)?.[0];
    if (space !== undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
      rest = rest.slice(space.length);
      continue;
    }
    const output: string | undefined = word === undefined ? redirection.exec(rest)?.[0] : undefined;
    if (output !== undefined) {
      redirections.push(output);
      rest = rest.slice(output.length);
      continue;
    }
    const piece = pieceOf(rest, word === undefined);
    if (!piece) return undefined;
    word = (word ?? "") + piece.value;
    rest = rest.slice(piece.length);
  }
  if (word !== undefined) words.push(word);
  return { words, redirections: redirections.join(" ") };
}

/** What a piece of a word means, and how much of the text it takes. */
function pieceOf(text: string, first: boolean): { readonly value: string; readonly length: number } | undefined {
  if (text.startsWith("'")) {
    const end = text.indexOf("'", 1);
    return end < 0 ? undefined : { value: text.slice(1, end), length: end + 1 };
  }
  const double = /^"((?:[^"\\$`]|\\[\s\S])*)"/.exec(text);
  if (double) {
    const [all, inside = ""] = double;
    return { value: inside.replace(/\\(["\\$`])/g, "$1").replace(/\\\n/g, ""), length: all.length };
  }
  const escaped = /^\\([^\n])/.exec(text);
  if (escaped) return { value: escaped[1] ?? "", length: 2 };
  const [value] = plain.exec(text) ?? [];
  // A ~ stands for a home at the beginning only.
  if (value === undefined || (first && value.startsWith("~"))) return undefined;
  return { value, length: value.length };
}
