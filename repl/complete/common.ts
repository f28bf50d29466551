const graphemes = new Intl.Segmenter();

/** What all words begin with, in any case; spelt as in the first. */
export function commonPrefix(words: readonly string[]): string {
  const [first = "", ...others] = words;
  let common = "";
  for (const { segment } of graphemes.segment(first)) {
    const longer = common + segment;
    if (!others.every((word) => startsWith(word, longer))) return common;
    common = longer;
  }
  return common;
}

/** Whether a word begins with what was typed, in any case. */
export function startsWith(word: string, typed: string): boolean {
  return word.slice(0, typed.length).toLowerCase() === typed.toLowerCase();
}
