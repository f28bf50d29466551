import { visible } from "../render/safe.ts";
import { cut, pad, width } from "../render/width.ts";
import type { Menu } from "./state.ts";

const gap = 2;
const longest = 40;

/**
 * The list of completions in columns, filled downwards as `ls` does, in at most `height` rows around the chosen one; what
 * does not fit is counted.
 */
export function listing({ items, chosen }: Menu, columns: number, height: number, colours: boolean): readonly string[] {
  const labels = items.map(({ label }) => cut(visible(label), Math.min(longest, columns - 1)));
  const cell = Math.max(...labels.map(width)) + gap;
  const across = Math.max(1, Math.floor((columns - 1 + gap) / cell));
  const needed = Math.ceil(labels.length / across);
  const fits = needed <= height;
  const rows = fits ? needed : Math.max(1, height - 1);
  const page = rows * across;
  const first = fits || chosen < 0 ? 0 : Math.floor(chosen / page) * page;
  const lines = Array.from({ length: Math.min(rows, labels.length - first) }, (_, row) => {
    const cells: string[] = [];
    for (let at = first + row; at < Math.min(labels.length, first + page); at += rows) {
      const label = labels[at] ?? "";
      const shown = at !== chosen ? label : colours ? `\u001b[7m${label}\u001b[m` : `>${label}`;
      cells.push(shown + " ".repeat(width(pad(label, cell)) - width(label)));
    }
    return cells.join("").trimEnd();
  });
  const left = labels.length - Math.min(labels.length, first + page);
  return fits ? lines : [...lines, left > 0 ? `... and ${left} more` : `... ${labels.length} in all`];
}
