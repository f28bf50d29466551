import inquirer from "inquirer";
import type { PromptRequest } from "./language/index.ts";
import { visible, visibleText } from "./render/safe.ts";

type ChoiceRequest = Extract<PromptRequest, { readonly kind: "choice" }>;

/** The terminal a question is asked on. */
export interface PromptStreams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** The user pressed Ctrl-C instead of answering. */
export class PromptInterrupted extends Error {
  override readonly name = "AbortError";

  constructor(cause: unknown) {
    super("The question was not answered.", { cause });
  }
}

const theme = { prefix: "?", validationFailureMode: "clear" } as const;

/**
 * Asks one question with inquirer.
 *
 * @returns the text, or for a choice its number as text
 * @throws PromptInterrupted after Ctrl-C, and when `signal` is aborted
 */
export async function ask(request: PromptRequest, streams: PromptStreams, signal: AbortSignal): Promise<string> {
  const prompt = inquirer.createPromptModule({ ...streams, signal });
  try {
    if (request.kind === "choice")
      return await choose(request, streams, async (message, validate) => {
        const { answer } = await prompt<{ answer: string }>({
          type: "input",
          name: "answer",
          message,
          validate,
          theme,
        });
        return answer;
      });
    const message = visible(request.message);
    const question = request.secret
      ? ({ type: "password", name: "answer", message, mask: "*", theme } as const)
      : ({ type: "input", name: "answer", message, theme } as const);
    return (await prompt<{ answer: string }>(question)).answer;
  } catch (error) {
    if (error instanceof Error && /^(ExitPrompt|AbortPrompt|CancelPrompt)Error$/.test(error.name)) {
      throw new PromptInterrupted(error);
    }
    throw error;
  }
}

type AskLine = (message: string, validate: (answer: string) => true | string) => Promise<string>;

/** `[Y] Yes  [A] Yes to All ...`: by key or by word, Enter for the default, `?` for what each means. */
async function choose(request: ChoiceRequest, { output }: PromptStreams, askLine: AskLine): Promise<string> {
  const choices = request.choices.map(({ label, help }) => ({ ...keyOf(label), help }));
  for (const line of [request.title, request.message]) if (line !== "") output.write(`${visibleText(line)}\n`);
  const keys = choices.map(({ key, word }) => `[${key}] ${word}`).join("  ");
  const usual = choices[request.default];
  const message = `${keys}  [?] Help${usual === undefined ? "" : ` (default is "${usual.key}")`}:`;
  const find = (answer: string): number => {
    const wanted = answer.trim().toLowerCase();
    if (wanted === "") return request.default;
    return choices.findIndex(({ key, word }) => key.toLowerCase() === wanted || word.toLowerCase() === wanted);
  };
  const valid = (answer: string) => answer.trim() === "?" || choices[find(answer)] !== undefined;
  for (;;) {
    const answer = await askLine(message, (given) => valid(given) || `Answer with one of: ${keys}`);
    if (answer.trim() !== "?") return String(find(answer));
    for (const { key, word, help } of choices) output.write(`${key} - ${help === "" ? word : visible(help)}\n`);
  }
}

/** `Yes to &All` has the key `A`; a label that marks none has its first letter. */
function keyOf(label: string): { readonly key: string; readonly word: string } {
  const at = label.indexOf("&");
  const word = visible(at < 0 ? label : label.slice(0, at) + label.slice(at + 1));
  return { word, key: (word.charAt(Math.max(at, 0)) || "?").toUpperCase() };
}
