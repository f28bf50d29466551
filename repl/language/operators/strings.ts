let insensitive: Intl.Collator | undefined;
let sensitive: Intl.Collator | undefined;

const SIMPLE = /^[A-Za-z0-9]*$/;

/** Order of two texts, by the invariant culture. */
export function compareText(left: string, right: string, caseSensitive: boolean): number {
  if (left === right) return 0;
  if (!caseSensitive && SIMPLE.test(left) && SIMPLE.test(right)) {
    const [a, b] = [left.toLowerCase(), right.toLowerCase()];
    return a < b ? -1 : a > b ? 1 : 0;
  }
  if (caseSensitive) {
    sensitive ??= new Intl.Collator("en", { sensitivity: "variant", caseFirst: "lower" });
    return sensitive.compare(left, right);
  }
  insensitive ??= new Intl.Collator("en", { sensitivity: "accent" });
  return insensitive.compare(left, right);
}

export function sameText(left: string, right: string, caseSensitive = false): boolean {
  if (left === right) return true;
  return !caseSensitive && left.length === right.length && left.toLowerCase() === right.toLowerCase();
}
