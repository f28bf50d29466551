import type { AttributeNode, Expression } from "../ast/expressions.ts";
import type { Code, Unit } from "../compile/code.ts";
import { compileExpression } from "../compile/expression.ts";
import { toBoolean } from "../convert/to-boolean.ts";
import { toText } from "../convert/to-text.ts";
import { scriptError } from "../errors/script-error.ts";
import { after, type Maybe } from "../maybe.ts";
import { compare } from "../operators/compare.ts";
import { sameText } from "../operators/strings.ts";
import { matchFrom, regexOf } from "../regex/compile.ts";
import type { Frame } from "../run/frame.ts";
import { collectInTurn } from "../run/in-turn.ts";
import { Hashtable } from "../values/hashtable.ts";
import { itemsOf } from "../values/items.ts";
import { ScriptBlock } from "../values/script-block.ts";
import type { Value } from "../values/value.ts";

/** Says why a value is not allowed; undefined when it is. */
export type Check = (value: Value, frame: Frame) => Maybe<string | undefined>;

/** The checks of the `[Validate...]` attributes. */
export function compileChecks(attributes: readonly AttributeNode[], unit: Unit): Check[] {
  return attributes.flatMap((attribute) => {
    const args = attribute.positional.map((arg) => literal(arg, unit));
    const check = checkOf(attribute, args);
    return check ? [check] : [];
  });
}

type Literal = (frame: Frame) => Value;

function literal(node: Expression, unit: Unit): Literal {
  const code: Code = compileExpression(node, unit);
  return (frame) => {
    const value = code.run(frame);
    return value instanceof Promise ? null : value;
  };
}

function checkOf(attribute: AttributeNode, args: readonly Literal[]): Check | undefined {
  switch (attribute.name.toLowerCase().replace(/attribute$/, "")) {
    case "validateset":
      return eachItem((item, frame) => {
        const allowed = args.flatMap((arg) => itemsOf(arg(frame)) ?? [arg(frame)]).map((value) => toText(value));
        if (allowed.some((value) => sameText(value, toText(item)))) return undefined;
        return `The argument "${toText(item)}" does not belong to the set "${allowed.join(",")}" specified by the ValidateSet attribute. Supply an argument that is in the set and then try the command again.`;
      });
    case "validaterange":
      return eachItem((item, frame) => rangeProblem(item, args[0]?.(frame) ?? null, args[1]?.(frame) ?? null));
    case "validatepattern":
      return eachItem((item, frame) => {
        const pattern = toText(args[0]?.(frame) ?? null);
        if (matchFrom(regexOf(pattern, { ignoreCase: true }), toText(item))) return undefined;
        return `The argument "${toText(item)}" does not match the "${pattern}" pattern. Supply an argument that matches "${pattern}" and try the command again.`;
      });
    case "validatelength":
      return eachItem((item, frame) => lengthProblem(toText(item).length, args, frame));
    case "validatecount":
      return (value, frame) => countProblem(itemsOf(value)?.length ?? 1, args, frame);
    case "validatescript":
      return (value, frame) => scriptProblems(itemsOf(value) ?? [value], args[0]?.(frame) ?? null, frame);
    case "validatenotnull":
      return (value) =>
        value === null
          ? "The argument is null. Provide a valid value for the argument, and then try running the command again."
          : undefined;
    case "validatenotnullorempty":
      return (value) =>
        isEmpty(value)
          ? "The argument is null or empty. Provide an argument that is not null or empty, and then try the command again."
          : undefined;
    case "validatenotnullorwhitespace":
      return (value) =>
        isEmpty(value) || (typeof value === "string" && value.trim() === "")
          ? "The argument is null, empty, or consists of only white-space characters."
          : undefined;
    default:
      return undefined;
  }
}

function isEmpty(value: Value): boolean {
  if (value === null || value === "") return true;
  if (value instanceof Hashtable) return value.size === 0;
  const items = itemsOf(value);
  return items !== undefined && (items.length === 0 || items.some((item) => item === null || item === ""));
}

function eachItem(problem: (item: Value, frame: Frame) => string | undefined): Check {
  return (value, frame) => {
    for (const item of itemsOf(value) ?? [value]) {
      const found = problem(item, frame);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

function rangeProblem(item: Value, least: Value, most: Value): string | undefined {
  if (compare(item, least) < 0) {
    return `The ${toText(item)} argument is less than the minimum allowed range of ${toText(least)}. Supply an argument that is greater than or equal to ${toText(least)} and then try the command again.`;
  }
  if (most !== null && compare(item, most) > 0) {
    return `The ${toText(item)} argument is greater than the maximum allowed range of ${toText(most)}. Supply an argument that is less than or equal to ${toText(most)} and then try the command again.`;
  }
  return undefined;
}

function lengthProblem(length: number, args: readonly Literal[], frame: Frame): string | undefined {
  const [least, most] = [Number(toText(args[0]?.(frame) ?? 0)), Number(toText(args[1]?.(frame) ?? 0))];
  if (length < least)
    return `The character length (${length}) of the argument is too short. Specify an argument with a length that is greater than or equal to "${least}", and then try the command again.`;
  if (length > most)
    return `The character length of the ${length} argument is too long. Shorten the character length of the argument so it is fewer than or equal to "${most}" characters, and then try the command again.`;
  return undefined;
}

function countProblem(count: number, args: readonly Literal[], frame: Frame): string | undefined {
  const [least, most] = [Number(toText(args[0]?.(frame) ?? 0)), Number(toText(args[1]?.(frame) ?? 0))];
  if (count >= least && count <= most) return undefined;
  return `The parameter requires at least ${least} value(s) and no more than ${most} value(s) - ${count} value(s) were provided.`;
}

function scriptProblems(items: readonly Value[], block: Value, frame: Frame): Maybe<string | undefined> {
  if (!(block instanceof ScriptBlock)) return undefined;
  const caller = frame.engine.caller(frame);
  const problems = collectInTurn(items, (item) =>
    after(caller.invoke(block, [], item), (result) =>
      toBoolean(result)
        ? undefined
        : `The "${block.text}" validation script for the argument with value "${toText(item)}" did not return a result of True. Determine why the validation script failed, and then try the command again.`,
    ),
  );
  return after(problems, (found) => found.find((each) => each !== undefined));
}

/** A `[Validate...()]` on a variable: checks whatever is assigned, from the frame that attached it. */
export function compileValidation(attribute: AttributeNode, unit: Unit): (frame: Frame) => (value: Value) => Value {
  const checks = compileChecks([attribute], unit);
  return (frame) => (value) => {
    for (const check of checks) {
      const why = check(value, frame);
      if (typeof why === "string") {
        throw scriptError(
          `The variable cannot be validated because the value ${toText(value)} is not a valid value for the variable.`,
          {
            category: "MetadataError",
            id: "ValidateSetFailure",
            type: "System.Management.Automation.ValidationMetadataException",
          },
        );
      }
    }
    return value;
  };
}
