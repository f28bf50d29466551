import type { ErrorRecord } from "../errors/error-record.ts";
import type { Maybe } from "../maybe.ts";
import type { Value } from "../values/value.ts";

/** `Write-Progress`, and what long operations report. */
export interface ProgressRecord {
  readonly activity: string;
  readonly status?: string;
  readonly operation?: string;
  readonly id?: number;
  readonly parentId?: number;
  /** How many of `total` are done; without `total`, per cent. */
  readonly current?: number;
  readonly total?: number;
  readonly secondsRemaining?: number;
  /** The bar is taken away. */
  readonly done?: boolean;
}

export interface HostText {
  readonly newline: boolean;
  readonly foreground?: string;
  readonly background?: string;
}

/** A question to whoever sits at the terminal. */
export type PromptRequest =
  | { readonly kind: "text"; readonly message: string; readonly secret?: boolean }
  | {
      readonly kind: "choice";
      readonly title: string;
      readonly message: string;
      /** `&Yes` marks the key. */
      readonly choices: readonly { readonly label: string; readonly help: string }[];
      readonly default: number;
    };

/** Where everything that is not output goes, and where answers come from. The terminal and tests each have one. */
export interface Host {
  /** True when somebody can answer a prompt. */
  readonly interactive: boolean;
  error(record: ErrorRecord): Maybe<void>;
  warning(text: string): Maybe<void>;
  verbose(text: string): Maybe<void>;
  debug(text: string): Maybe<void>;
  information(value: Value): Maybe<void>;
  /** `Write-Host`. */
  text(text: string, options: HostText): Maybe<void>;
  progress(record: ProgressRecord): Maybe<void>;
  /** Shows an object where output goes, whoever is catching the pipeline's output: `Out-Host`. */
  output?(value: Value): Maybe<void>;
  /** The answer: text, or the number of the choice as text. Rejects when there is nobody to ask. */
  prompt(request: PromptRequest, signal: AbortSignal): Promise<string>;
}

/** A host that shows nothing and cannot be asked. */
export const silentHost: Host = {
  interactive: false,
  error() {},
  warning() {},
  verbose() {},
  debug() {},
  information() {},
  text() {},
  progress() {},
  prompt: () => Promise.reject(new Error("There is nobody to answer a prompt.")),
};
