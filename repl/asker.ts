import type { PromptRequest } from "./language/index.ts";

/** Asks the user something; rejects when the question is interrupted. */
export type Asker = (request: PromptRequest, signal: AbortSignal) => Promise<string>;

/**
 * An asker on the program's terminal, or `undefined` where there is none to answer. inquirer is loaded with the first
 * question.
 *
 * @param interrupt called when Ctrl-C is the answer: it ends what asked
 */
export function askerOn(allowed: boolean, interrupt: () => void): Asker | undefined {
  if (!allowed || process.stdin.isTTY !== true || process.stderr.isTTY !== true) return undefined;
  return async (request, signal) => {
    const { ask, PromptInterrupted } = await import("./prompt.ts");
    try {
      return await ask(request, { input: process.stdin, output: process.stderr }, signal);
    } catch (error) {
      if (error instanceof PromptInterrupted) interrupt();
      throw error;
    }
  };
}
