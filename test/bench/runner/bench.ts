import { type BenchModule, concerns, modulesIn, picks } from "./modules.ts";
import { runModule } from "./process.ts";

export interface BenchOptions {
  /** Where the modules are. */
  readonly folder: string;
  /** Groups, or beginnings of figures' names; none for everything. */
  readonly words: readonly string[];
  /** Takes one figure as a line of JSON. */
  readonly out: (line: string) => void;
  /** Takes messages, and whatever the modules print. */
  readonly err: (text: string) => void;
}

/** Measures, one module after the other, each in a process of its own, and gives the exit code. */
export async function bench({ folder, words, out, err }: BenchOptions): Promise<number> {
  const modules = modulesIn(folder);
  for (const word of words) {
    if (modules.some((module) => concerns(module, [word]))) continue;
    err(`bench: no group and no figure is called "${word}". ${groups(modules)}\n`);
    return 2;
  }
  const unseen = new Set(words);
  let failed = false;
  for (const module of modules.filter((one) => words.length === 0 || concerns(one, words))) {
    const failure = await runModule(module, err, (figure) => {
      const by = words.filter((word) => picks(word, module.group, figure.name));
      for (const word of by) unseen.delete(word);
      if (words.length === 0 || by.length > 0) out(JSON.stringify(figure));
    });
    if (failure === undefined) continue;
    failed = true;
    err(`bench: group ${module.group} failed: ${failure}\n`);
  }
  if (failed) return 1;
  for (const word of unseen) err(`bench: no figure's name begins with "${word}". ${groups(modules)}\n`);
  return unseen.size > 0 ? 2 : 0;
}

function groups(modules: readonly BenchModule[]): string {
  const names = [...new Set(modules.map(({ group }) => group))].sort();
  return `The groups are: ${names.join(", ") || "none"}`;
}
