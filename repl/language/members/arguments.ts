import { roundHalfEven } from "../convert/round.ts";
import { toBoolean } from "../convert/to-boolean.ts";
import { toFloat, tryNumber } from "../convert/to-number.ts";
import { toText } from "../convert/to-text.ts";
import { type ScriptError, scriptError } from "../errors/script-error.ts";
import { Char } from "../values/char.ts";
import { itemsOf } from "../values/items.ts";
import type { Value } from "../values/value.ts";

/** Arguments of a .NET method, converted as they are taken. */

export function textAt(args: readonly Value[], index: number, otherwise = ""): string {
  const value = args[index];
  return value === undefined ? otherwise : toText(value);
}

export function intAt(args: readonly Value[], index: number, otherwise = 0): number {
  const value = args[index];
  if (value === undefined) return otherwise;
  const number = tryNumber(value);
  if (number === undefined) {
    throw problem(
      "System.ArgumentException",
      `Cannot convert argument "${index}", with value: "${toText(value)}", to type "System.Int32".`,
    );
  }
  return roundHalfEven(toFloat(number));
}

export function floatAt(args: readonly Value[], index: number, otherwise = 0): number {
  const value = args[index];
  if (value === undefined) return otherwise;
  const number = toFloat(value);
  if (Number.isNaN(number) && typeof value === "string") {
    throw problem(
      "System.ArgumentException",
      `Cannot convert argument "${index}", with value: "${value}", to type "System.Double".`,
    );
  }
  return number;
}

export function boolAt(args: readonly Value[], index: number): boolean {
  return toBoolean(args[index] ?? null);
}

/** Characters of `Trim`, `Split` and the like: single ones, texts, arrays of them. */
export function charsAt(args: readonly Value[], index: number): string {
  return args
    .slice(index)
    .flatMap((value) => itemsOf(value) ?? [value])
    .map((value) => (value instanceof Char ? value.toString() : toText(value)))
    .join("");
}

/** What a method throws; the call makes a `MethodInvocationException` around it. */
export function problem(type: string, message: string): ScriptError {
  return scriptError(message, { type, id: type.slice(type.lastIndexOf(".") + 1) });
}
