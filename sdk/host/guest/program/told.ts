/** What the shell has told a script's walk, by the commands of `internal-names.ts`. */
export interface Told {
  status: number;
  words: readonly string[];
  /** `$1` and on. */
  positional: readonly string[];
  /** Values of variables that were asked for; undefined for one that is not set. */
  values: ReadonlyMap<string, string | undefined>;
  branches: number[];
  /** What `declare -p` and `declare -F` say, the variables as they are, and the directory. */
  state: ShellState | undefined;
  /** Set when the script is not to go on for now. */
  stop: Stop | undefined;
  /** Why the script cannot be frozen here. */
  refusal: string | undefined;
}

export interface ShellState {
  readonly status: number;
  readonly declarations: string;
  readonly functions: readonly string[];
  readonly variables: ReadonlyMap<string, string>;
  readonly directory: string;
  readonly umask: number;
}

type Stop =
  | { readonly why: "freeze" }
  | { readonly why: "sleep"; readonly ms: number }
  /** The machine is about to be switched off or to start anew. */
  | { readonly why: "power" };

export const nothingTold = (): Told => ({
  status: 0,
  words: [],
  positional: [],
  values: new Map(),
  branches: [],
  state: undefined,
  stop: undefined,
  refusal: undefined,
});
