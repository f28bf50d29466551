import { Script } from "node:vm";
import { invalidArgument } from "../../faults.ts";

/** Milliseconds. A pattern such as (a+)+$ would keep the whole host busy for years. */
const patience = 250;
const test = new Script("names.map((name) => pattern.test(name))");

/** The names that a regular expression fits. Throws InvalidArgument for one that cannot be read, or that takes too long. */
export function matching(names: readonly string[], text: string): readonly string[] {
  let found: unknown;
  try {
    found = test.runInNewContext({ names, pattern: new RegExp(text, "u") }, { timeout: patience });
  } catch (error) {
    const late = error instanceof Error && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
    const why = late ? "it takes too long to be tried" : error instanceof Error ? error.message : "it cannot be read";
    throw invalidArgument("matchPattern", `It must be a regular expression: ${why}.`);
  }
  // An array of another context is no instance of this one's Array.
  const flags: readonly unknown[] = Array.isArray(found) ? found : [];
  return names.filter((_, i) => flags[i] === true);
}
