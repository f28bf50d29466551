/**
 * What the guest's system is like while it is up. Shared by forks until one of them says otherwise. What of it shows now is asked
 * in `machine/guest.ts`.
 */
export interface GuestRecord {
  readonly hostName: string | undefined;
  readonly ipAddress: string | undefined;
  /** Tools are in the guest and start with it. */
  readonly toolsRunning: boolean;
  /**
   * The machine whose cards' addresses the guest's drivers have read: a fork goes on with those of its source until its drivers
   * are loaded anew. Unset: the machine's own.
   */
  readonly cards?: number | undefined;
  /** What the guest's kernel knows of its network, once it was told more than the one address. */
  readonly net?: GuestNetwork | undefined;
  readonly programs?: GuestPrograms | undefined;
}

export interface GuestNetwork {
  readonly interfaces: readonly GuestInterface[];
  /** `via` is the gateway, unset where there is none; `to` is `default` or a network as `10.0.0.0/24`. */
  readonly routes: readonly GuestRoute[];
  readonly servers: readonly string[];
  readonly search: readonly string[];
}

export interface GuestInterface {
  /** The card that it is the driver's name for. */
  readonly key: number;
  readonly name: string;
  readonly mac: string;
  readonly up: boolean;
  /** False once the driver was taken out of the kernel: the interface is not there then. */
  readonly present: boolean;
  /** As `192.168.10.11/24`. */
  readonly addresses: readonly string[];
  readonly dhcp: boolean;
}

export interface GuestRoute {
  readonly to: string;
  readonly via: string | undefined;
  readonly dev: string;
}

/** Programs that run, and those that have ended a short while ago. */
export interface GuestPrograms {
  readonly list: readonly GuestProgram[];
  readonly next: number;
}

export interface GuestProgram {
  readonly pid: number;
  readonly name: string;
  readonly commandLine: string;
  readonly owner: string;
  /** Milliseconds since the epoch. */
  readonly started: number;
  readonly ended: number | undefined;
  readonly exitCode: number | undefined;
  /** What is left of it to do; unset when it has ended. */
  readonly script: GuestScript | undefined;
}

/** A shell script at a point between two of its commands: all that is needed to go on from there, on any fork. */
export interface GuestScript {
  readonly text: string;
  /** Its `$0`; unset: `bash`. */
  readonly name?: string | undefined;
  /** From the outermost list of commands to the innermost; none: not begun. */
  readonly place: readonly ScriptFrame[];
  /** Commands that bring a shell to where the script's was: variables, functions, directory, options, arguments. */
  readonly shell: string;
  /** Exit status of the command before. */
  readonly status: number;
  /** It sleeps until then, in milliseconds since the epoch. */
  readonly wakes: number | undefined;
  readonly uid: number;
  /** How often it drew from chance. */
  readonly draws: number;
  /** How often it slept. */
  readonly naps?: number | undefined;
}

/** Where in one construct of a script its shell is. */
export type ScriptFrame =
  /** The statement of a list that is under way, or (innermost) comes next. */
  | { readonly kind: "list"; readonly at: number }
  /** The pipeline of an and-or list that is under way. */
  | { readonly kind: "chain"; readonly at: number }
  /** The clause of an `if`; that of `else` is the number of the others. */
  | { readonly kind: "if"; readonly clause: number; readonly part: "condition" | "body" }
  | { readonly kind: "loop"; readonly part: "condition" | "body"; readonly status: number }
  | { readonly kind: "for"; readonly words: readonly string[]; readonly at: number }
  /** The items of a `case` that are run, the first of them now. */
  | { readonly kind: "case"; readonly items: readonly number[] }
  | { readonly kind: "group" }
  /** A function that was called: its definition, and what its caller's arguments and variables were. */
  | { readonly kind: "call"; readonly body: string; readonly restore: string };
