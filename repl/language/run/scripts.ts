import type { Script, SyntaxProblem } from "../ast/script.ts";
import { BlockCode } from "../compile/block.ts";
import { gathered } from "../compile/statement-value.ts";
import { Position, type Source } from "../errors/position.ts";
import { type ScriptError, scriptError } from "../errors/script-error.ts";
import { after, type Maybe } from "../maybe.ts";
import { parse } from "../parse.ts";
import type { Value } from "../values/value.ts";
import { readText } from "./files.ts";
import type { Frame } from "./frame.ts";

/** What is wrong with a text, as an error that ends the script. */
export function syntaxError({ message, id, ...span }: SyntaxProblem, source: Source): ScriptError {
  return scriptError(message, {
    type: "System.Management.Automation.ParseException",
    category: "ParserError",
    id,
    position: new Position(source, span),
    reach: "script",
  });
}

/** The code of a text; throws for the first thing that is wrong with it. */
export function codeOf(script: Script): BlockCode {
  const [problem] = script.errors;
  if (problem) throw syntaxError(problem, script.source);
  return new BlockCode(script.ast, { source: script.source });
}

export function loadScript(path: string): BlockCode {
  return codeOf(parse(readText(path, "/"), path));
}

/** Runs text where the frame is and collects what it puts out. */
export function evaluateText(text: string, frame: Frame): Maybe<Value[]> {
  const { begin, process, end } = codeOf(parse(text)).parts();
  return gathered((here) => {
    const run = [begin, process, end].filter((part) => part !== undefined);
    const from = (index: number): ReturnType<NonNullable<typeof end>> =>
      after(run[index]?.(here), (ended) => ended ?? (index + 1 < run.length ? from(index + 1) : undefined));
    return from(0);
  }, frame.with({}));
}

export function runFile(file: string, args: readonly Value[], frame: Frame): Maybe<Value[]> {
  return frame.engine.callCommand(file, args, frame);
}
