/** Whether a name matches a pattern of a search: `*` stands for any text, `?` for one character. */
export function matcher(patterns: readonly string[] | undefined, ignoreCase: boolean): (name: string) => boolean {
  if (!patterns || patterns.length === 0) return () => true;
  const fold = (text: string) => (ignoreCase ? text.toLowerCase() : text);
  const wanted = patterns.map((pattern) => [...fold(pattern)]);
  return (name) => {
    const text = [...fold(name)];
    return wanted.some((pattern) => matches(pattern, text));
  };
}

/** Goes back to the last star only, so that no pattern takes more than its length times that of the name. */
function matches(pattern: readonly string[], text: readonly string[]): boolean {
  let p = 0;
  let star = -1;
  let from = 0;
  for (let t = 0; t < text.length; ) {
    if (pattern[p] === "*") {
      star = p++;
      from = t;
    } else if (pattern[p] === "?" || (p < pattern.length && pattern[p] === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++from;
    } else return false;
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}
