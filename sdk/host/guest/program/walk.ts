import type { CommandNode, PipelineNode, StatementNode } from "just-bash";
import type { GuestScript, ScriptFrame } from "../../state/guest-record.ts";
import { ask } from "./internal-names.ts";
import type { Library } from "./library.ts";
import { assignment, command, literal, output, parameter, type Redirection, statement } from "./nodes.ts";
import { appending, isRedirectingExec, redirectable } from "./redirections.ts";
import { NotKept, shellText } from "./shell-state.ts";
import type { Told } from "./told.ts";
import { walkCase, walkIf } from "./walk-branch.ts";
import { leaf } from "./walk-leaf.ts";
import { walkLoop } from "./walk-loop.ts";

/** What ends a list of commands before its time. */
export type Signal =
  | { readonly kind: "stop" }
  | { readonly kind: "break" | "continue"; levels: number }
  | { readonly kind: "return" };

/** Hands the shell one statement after the other, and says in the end why there are no more. */
export type Steps = Generator<StatementNode, Signal | undefined, void>;

/**
 * Goes through a script so that it can stop between two commands. What cannot stop is handed to the shell as a whole; where a
 * freeze or a sleep may be inside, the construct around it is taken apart here, and the frames say where in it the shell is.
 */
export class Walk {
  readonly library: Library;
  readonly told: Told;
  readonly frames: ScriptFrame[] = [];
  /** Redirections for good, as of `exec > file`. The shell would send there what is asked of it, too. */
  kept: Redirection[] = [];
  /** How a new shell gets to where this one stopped. */
  shell: string | undefined;
  /** Where a script that goes on has to get to first, outermost first. */
  #ahead: ScriptFrame[];
  /** Commands whose failure ends no script under `set -e` are around the present one. */
  #exempt = 0;
  /** Undefined: the shell has to be asked. */
  #status: number | undefined;
  readonly #redirections: Redirection[][] = [];

  constructor(library: Library, told: Told, script: GuestScript) {
    this.library = library;
    this.told = told;
    this.#ahead = [...script.place];
    this.#status = script.status;
  }

  /** True while the walk only finds its way back to where the script was. */
  get returning(): boolean {
    return this.#ahead.length > 0;
  }

  /** The next frame to get back to, if it is of this kind. */
  back<K extends ScriptFrame["kind"]>(kind: K): Extract<ScriptFrame, { kind: K }> | undefined {
    const frame = this.#ahead[0];
    if (frame === undefined) return undefined;
    if (!isKind(frame, kind)) throw new Error(`The script is not at a ${kind} but at a ${frame.kind}.`);
    this.#ahead.shift();
    return frame;
  }

  /** In a function that is taken apart. */
  get inCall(): boolean {
    return this.frames.some(({ kind }) => kind === "call");
  }
  get inLoop(): boolean {
    const call = this.frames.findLastIndex(({ kind }) => kind === "call");
    return this.frames.slice(call + 1).some(({ kind }) => kind === "loop" || kind === "for");
  }

  /** Lets the shell do a statement. */
  *feed(node: StatementNode): Steps {
    const wrapped = [this.kept, ...this.#redirections].reduceRight(
      (body, redirections) => (redirections.length > 0 ? redirected(body, redirections) : body),
      node,
    );
    if (this.#exempt > 0) {
      yield tellingStatus(wrapped);
      this.#status = this.told.status;
    } else {
      yield wrapped;
      this.#status = undefined;
    }
    if (!this.told.stop) return undefined;
    if (this.told.stop.why !== "power" && (yield* this.whyNotKept()) !== undefined) {
      // Nobody could tell where it slept: it did not.
      this.told.stop = undefined;
      return undefined;
    }
    return { kind: "stop" };
  }

  /** Asks the shell for all there is to keep of it; says why that is not possible. */
  *whyNotKept(): Generator<StatementNode, string | undefined, void> {
    yield statement(command(ask.state, [parameter("?"), output("declare", "-p"), output("declare", "-F")]));
    const { state } = this.told;
    if (!state) return "the shell says nothing of itself";
    try {
      this.shell = shellText(state, (name) => this.library.definition(name), this.kept);
      return undefined;
    } catch (error) {
      if (error instanceof NotKept) return error.message;
      throw error;
    }
  }

  /** Asks the shell something that changes nothing of it. */
  *asks(node: StatementNode): Generator<StatementNode, void, void> {
    yield node;
  }

  /** The exit status of the last command. */
  *status(): Generator<StatementNode, number, void> {
    if (this.#status === undefined) {
      yield statement(command(ask.status, [parameter("?")]));
      this.#status = this.told.status;
    }
    return this.#status;
  }

  /** Makes the shell believe that the last command had this status. */
  *settle(status: number): Generator<StatementNode, void, void> {
    yield statement(command(ask.status, [literal(String(status))]));
    this.#status = status;
  }

  /** Runs something whose failure ends no script. */
  *exempt(steps: () => Steps): Steps {
    this.#exempt++;
    try {
      return yield* steps();
    } finally {
      this.#exempt--;
    }
  }

  /** What brings the shell to where the script was. */
  *before(statements: readonly StatementNode[]): Generator<StatementNode, void, void> {
    for (const node of statements) {
      const only = node.pipelines[0]?.commands[0];
      if (only?.type === "SimpleCommand" && isRedirectingExec(only)) this.kept = appending(only.redirections);
      else yield node;
    }
  }

  *list(statements: readonly StatementNode[]): Steps {
    const depth = this.frames.length;
    let at = this.back("list")?.at ?? 0;
    for (; at < statements.length; at++) {
      const node = statements[at];
      if (!node) break;
      this.frames.length = depth;
      this.frames.push({ kind: "list", at });
      const signal = yield* this.#statement(node);
      if (signal?.kind === "stop") {
        // Nothing below: it was done as a whole, and the next one comes next.
        if (this.frames.length === depth + 1) this.frames[depth] = { kind: "list", at: at + 1 };
        return signal;
      }
      if (signal) {
        this.frames.length = depth;
        return signal;
      }
    }
    this.frames.length = depth;
    return undefined;
  }

  *#statement(node: StatementNode): Steps {
    if (!this.returning && !this.#takesApart(this.library.traits(node))) return yield* this.feed(node);
    return yield* this.#chain(node);
  }

  #takesApart({ stops, breaks, returns, locals }: ReturnType<Library["traits"]>): boolean {
    return stops || (breaks && this.inLoop) || ((returns || locals) && this.inCall);
  }

  /** Pipelines with `&&` and `||` between them. */
  *#chain({ pipelines, operators }: StatementNode): Steps {
    const depth = this.frames.length;
    const from = this.back("chain");
    // With no frame further in, that pipeline was over when the script stopped.
    let over = from !== undefined && !this.returning;
    let status = 0;
    for (let at = from?.at ?? 0; at < pipelines.length; at++) {
      const pipeline = pipelines[at];
      if (!pipeline) break;
      const operator = at === from?.at ? undefined : operators[at - 1];
      if ((operator === "&&" && status !== 0) || (operator === "||" && status === 0)) continue;
      const last = at === pipelines.length - 1;
      if (!over) {
        this.frames.length = depth;
        this.frames.push({ kind: "chain", at });
        const steps = () => this.#pipeline(pipeline);
        const signal = yield* last && !pipeline.negated ? steps() : this.exempt(steps);
        if (signal) {
          if (signal.kind !== "stop") this.frames.length = depth;
          return signal;
        }
      }
      over = false;
      if (last && !pipeline.negated) break;
      status = yield* this.status();
      if (pipeline.negated) {
        status = status === 0 ? 1 : 0;
        yield* this.settle(status);
      }
    }
    this.frames.length = depth;
    return undefined;
  }

  *#pipeline(pipeline: PipelineNode): Steps {
    const [only] = pipeline.commands;
    const apart =
      only && pipeline.commands.length === 1 && (this.returning || this.#takesApart(this.library.traitsOf(only)));
    if (apart) return yield* this.command(only);
    const plain = { ...pipeline, negated: false };
    return yield* this.feed({ type: "Statement", pipelines: [plain], operators: [], background: false });
  }

  *command(node: CommandNode): Steps {
    if (node.type === "SimpleCommand") return yield* leaf(this, node);
    if (!("redirections" in node) || node.redirections.length === 0) return yield* this.#compound(node);
    if (!redirectable(node.redirections)) return yield* this.feed(statement(node));
    // What goes on after a stop must not empty the file again.
    if (!this.returning) {
      const signal = yield* this.feed(statement({ ...command(":"), redirections: node.redirections }));
      if (signal) return signal;
    }
    this.#redirections.push(appending(node.redirections));
    try {
      return yield* this.#compound(node);
    } finally {
      this.#redirections.pop();
    }
  }

  *#compound(node: CommandNode): Steps {
    switch (node.type) {
      case "If":
        return yield* walkIf(this, node);
      case "Case":
        return yield* walkCase(this, node);
      case "Group":
        return yield* this.inside({ ...(this.back("group") ?? { kind: "group" }) }, () => this.list(node.body));
      case "While":
      case "Until":
      case "For":
      case "CStyleFor":
        return yield* walkLoop(this, node);
      default:
        return yield* this.feed(statement(node));
    }
  }

  /** Runs what is inside a construct; its frame stays when the script stops there. */
  *inside(frame: ScriptFrame, steps: () => Steps): Steps {
    const depth = this.frames.length;
    this.frames.push(frame);
    const signal = yield* steps();
    if (signal?.kind !== "stop") this.frames.length = depth;
    return signal;
  }

  /** Gives a variable a value. */
  *assign(name: string, value: string): Generator<StatementNode, void, void> {
    yield assignment(name, value);
  }
}

const redirected = (body: StatementNode, redirections: Redirection[]): StatementNode =>
  statement({ type: "Group", body: [body], redirections });

const isKind = <K extends ScriptFrame["kind"]>(
  frame: ScriptFrame,
  kind: K,
): frame is Extract<ScriptFrame, { kind: K }> => frame.kind === kind;

/** Does a statement and tells its status, whatever it is: under `set -e` too. */
const tellingStatus = (node: StatementNode): StatementNode =>
  statement({
    type: "If",
    clauses: [{ condition: [node], body: [statement(command(ask.status, [literal("0")]))] }],
    elseBody: [statement(command(ask.status, [parameter("?")]))],
    redirections: [],
  });
