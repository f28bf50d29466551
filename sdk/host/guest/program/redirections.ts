import type { SimpleCommandNode } from "just-bash";
import { nameOf, plainText, type Redirection } from "./nodes.ts";

/** Output only: what a construct reads would have to be read further after a stop, and nobody knows how far it was. */
const outputs: ReadonlySet<string> = new Set([">", ">>", ">|", "&>", "&>>", ">&"]);

/** True when a construct with these can be taken apart. */
export const redirectable = (redirections: readonly Redirection[]): boolean =>
  redirections.every(({ operator, fdVariable }) => outputs.has(operator) && fdVariable === undefined);

/** `exec > file`: what comes after it in the script goes there. */
export const isRedirectingExec = (node: SimpleCommandNode): boolean =>
  node.args.length === 0 && node.redirections.length > 0 && nameOf(node) === "exec" && redirectable(node.redirections);

/** The same, but adding to files. */
export const appending = (redirections: readonly Redirection[]): Redirection[] =>
  redirections.map((redirection) => {
    if (redirection.operator === ">" || redirection.operator === ">|") return { ...redirection, operator: ">>" };
    if (redirection.operator === "&>") return { ...redirection, operator: "&>>" };
    return redirection;
  });

/** A redirection as it is written, undefined where it has parts that only the shell can say. */
export function redirectionText({ fd, operator, target }: Redirection): string | undefined {
  const text = target.type === "Word" ? plainText(target) : undefined;
  if (text === undefined) return undefined;
  return `${fd ?? ""}${operator}'${text.replaceAll("'", "'\\''")}'`;
}
