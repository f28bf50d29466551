import { eachInTurn, type Maybe } from "../maybe.ts";
import { PipelineStop } from "./signals.ts";
import type { Stage } from "./stage.ts";

/** Feeds a pipeline's first stage; undefined when the first stage is itself the source. */
export type Feed = ((first: Stage) => Maybe<void>) | undefined;

/** Runs connected stages: all begin, the source is fed through, all end in order; clean-up comes last in any case. */
export function runStages(stages: readonly Stage[], feed: Feed): Maybe<void> {
  const [only] = stages;
  if (only && stages.length === 1 && feed === undefined) return runAlone(only, stages);
  let outcome: Maybe<void>;
  try {
    outcome = drive(stages, feed);
  } catch (error) {
    return cleanAfterError(stages, error);
  }
  if (outcome instanceof Promise) {
    return outcome.then(
      () => clean(stages),
      (error: unknown) => cleanAfterError(stages, error),
    );
  }
  return clean(stages);
}

/** The same for a command by itself, as long as it does not have to wait. */
function runAlone(stage: Stage, stages: readonly Stage[]): Maybe<void> {
  let outcome: Maybe<void>;
  try {
    outcome = stage.begin();
    if (outcome === undefined) {
      outcome = stage.runAlone();
      if (outcome === undefined) {
        outcome = stage.end();
        if (outcome === undefined) return stage.clean();
      } else outcome = outcome.then(() => stage.end());
    } else outcome = outcome.then(() => stage.runAlone()).then(() => stage.end());
  } catch (error) {
    return stopped(stage, stages, error);
  }
  return outcome.then(
    () => stage.clean(),
    (error: unknown) => stopped(stage, stages, error),
  );
}

/** A lone stage that wants no more input is simply through. */
function stopped(stage: Stage, stages: readonly Stage[], error: unknown): Maybe<void> {
  if (!(error instanceof PipelineStop) || error.stage !== stage) return cleanAfterError(stages, error);
  stage.reopen();
  const ended = stage.end();
  return ended instanceof Promise ? ended.then(() => stage.clean()) : stage.clean();
}

function drive(stages: readonly Stage[], feed: Feed): Maybe<void> {
  const [first] = stages;
  if (first === undefined) return undefined;
  let outcome: Maybe<void>;
  try {
    const begun = stages.length === 1 ? first.begin() : eachInTurn(stages, (stage) => stage.begin());
    const run = () => (feed ? feed(first) : first.runAlone());
    outcome = begun instanceof Promise ? begun.then(run) : run();
  } catch (error) {
    return endFrom(stages, stopIndex(stages, error));
  }
  if (outcome instanceof Promise) {
    return outcome.then(
      () => endFrom(stages, 0),
      (error: unknown) => endFrom(stages, stopIndex(stages, error)),
    );
  }
  return endFrom(stages, 0);
}

/** Which stage wanted no more input; any other error goes on. */
function stopIndex(stages: readonly Stage[], error: unknown): number {
  const at = error instanceof PipelineStop ? stages.findIndex((stage) => stage === error.stage) : -1;
  if (at < 0) throw error;
  stages[at]?.reopen();
  return at;
}

function endFrom(stages: readonly Stage[], start: number): Maybe<void> {
  for (let index = start; index < stages.length; index += 1) {
    try {
      const pending = stages[index]?.end();
      if (pending instanceof Promise) {
        return pending.then(
          () => endFrom(stages, index + 1),
          (error: unknown) => endFrom(stages, stopIndex(stages, error)),
        );
      }
    } catch (error) {
      return endFrom(stages, stopIndex(stages, error));
    }
  }
  return undefined;
}

function clean(stages: readonly Stage[]): Maybe<void> {
  return eachInTurn(stages, (stage) => stage.clean());
}

function cleanAfterError(stages: readonly Stage[], error: unknown): Maybe<void> {
  const cleaned = clean(stages);
  const fail = () => {
    throw error;
  };
  return cleaned instanceof Promise ? cleaned.then(fail, fail) : fail();
}
