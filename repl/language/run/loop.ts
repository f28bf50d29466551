import type { Maybe } from "../maybe.ts";
import type { Frame } from "./frame.ts";
import { type Completion, LoopExit } from "./signals.ts";

/** The parts of a loop: `for`, `foreach`, `while` and `do` are all made of them. */
export interface Loop {
  /** In lower case. */
  readonly label: string | undefined;
  /** Whether there is another round; `foreach` takes the next element here. */
  test(frame: Frame): Maybe<boolean>;
  body(frame: Frame): Maybe<Completion>;
  readonly step: ((frame: Frame) => Maybe<void>) | undefined;
  readonly bodyFirst: boolean;
  /** No `LoopExit` can come out of the body. */
  readonly plain: boolean;
}

/** What a round came to: go on, stop as usual, or leave further out. */
const GO_ON = 0;
const STOP = 1;

type Outcome = typeof GO_ON | typeof STOP | Completion;

export function runLoop(loop: Loop, frame: Frame): Maybe<Completion> {
  const { clock } = frame.engine;
  const { step } = loop;
  for (let skipTest = loop.bodyFirst; ; skipTest = false) {
    if (!skipTest) {
      const more = loop.test(frame);
      if (more !== true) return more === false ? undefined : afterTest(loop, frame, more);
    }
    const ended = loop.plain ? loop.body(frame) : guarded(loop, frame);
    if (ended !== undefined) {
      if (ended instanceof Promise) return afterBody(loop, frame, ended);
      const outcome = judge(loop, ended);
      if (outcome !== GO_ON) return outcome === STOP ? undefined : outcome;
    }
    if (step) {
      const pending = step(frame);
      if (pending !== undefined) return afterStep(loop, frame, pending);
    }
    clock.steps -= 1;
    if (clock.steps <= 0) {
      const turn = clock.look();
      if (turn) return afterStep(loop, frame, turn);
    }
  }
}

// A loop that has to wait for something goes on here, round by round, without a chain of promises that grows.

async function afterTest(loop: Loop, frame: Frame, pending: Promise<boolean>): Promise<Completion> {
  return (await pending) ? afterBody(loop, frame, settle(body(loop, frame))) : undefined;
}

async function afterStep(loop: Loop, frame: Frame, pending: Promise<void>): Promise<Completion> {
  await pending;
  return afterTest(loop, frame, settle(loop.test(frame)));
}

async function afterBody(loop: Loop, frame: Frame, pending: Promise<Completion>): Promise<Completion> {
  let ended = await caught(pending);
  for (;;) {
    const outcome = judge(loop, ended);
    if (outcome !== GO_ON) return outcome === STOP ? undefined : outcome;
    const stepped = loop.step?.(frame) ?? frame.engine.clock.tick();
    if (stepped) await stepped;
    const more = loop.test(frame);
    if (!(more instanceof Promise ? await more : more)) return undefined;
    const completion = body(loop, frame);
    ended = completion instanceof Promise ? await caught(completion) : completion;
  }
}

async function settle<T>(value: Maybe<T>): Promise<T> {
  return value;
}

function body(loop: Loop, frame: Frame): Maybe<Completion> {
  return loop.plain ? loop.body(frame) : guarded(loop, frame);
}

async function caught(pending: Promise<Completion>): Promise<Completion> {
  try {
    return await pending;
  } catch (error) {
    if (error instanceof LoopExit) return error.jump;
    throw error;
  }
}

function guarded(loop: Loop, frame: Frame): Maybe<Completion> {
  try {
    return loop.body(frame);
  } catch (error) {
    if (error instanceof LoopExit) return error.jump;
    throw error;
  }
}

/** `break` and `continue` are the loop's own when they name no label or its label. */
function judge(loop: Loop, ended: Completion): Outcome {
  if (ended === undefined) return GO_ON;
  if (ended.kind === "return") return ended;
  if (ended.label !== undefined && ended.label !== loop.label) return ended;
  return ended.kind === "break" ? STOP : GO_ON;
}
