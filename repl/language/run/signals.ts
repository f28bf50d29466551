/** How a statement ended when not in the ordinary way. */
export interface Jump {
  readonly kind: "break" | "continue" | "return";
  /** In lower case. */
  readonly label: string | undefined;
}

export const BREAK: Jump = { kind: "break", label: undefined };
export const CONTINUE: Jump = { kind: "continue", label: undefined };
export const RETURN: Jump = { kind: "return", label: undefined };

/** Nothing: it went through. */
export type Completion = Jump | undefined;

/** A `break` or `continue` on its way out of a block that is not itself a loop: it ends loops of the callers. */
export class LoopExit {
  readonly jump: Jump;

  constructor(jump: Jump) {
    this.jump = jump;
  }
}

/** `exit` on its way to the script that is left. */
export class ScriptExit {
  readonly code: number;

  constructor(code: number) {
    this.code = code;
  }
}

/** A command wants no more input: everything before it in its pipeline ends. */
export class PipelineStop {
  /** The stage that said so. */
  readonly stage: object;

  constructor(stage: object) {
    this.stage = stage;
  }
}

/** Ctrl-C. */
export class Interrupt {
  readonly reason = "interrupted";
}

/** Everything that is thrown to change the flow rather than to report an error. */
export function isFlow(thrown: unknown): boolean {
  return (
    thrown instanceof LoopExit ||
    thrown instanceof ScriptExit ||
    thrown instanceof PipelineStop ||
    thrown instanceof Interrupt
  );
}
