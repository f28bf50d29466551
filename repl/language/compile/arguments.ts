import type { Expression } from "../ast/expressions.ts";
import type { ParameterNode } from "../ast/statements.ts";
import type { Argument } from "../bind/parameter.ts";
import { toText } from "../convert/to-text.ts";
import type { Maybe } from "../maybe.ts";
import type { Frame } from "../run/frame.ts";
import { Hashtable } from "../values/hashtable.ts";
import { itemsOf } from "../values/items.ts";
import type { Value } from "../values/value.ts";
import { all, constant, type Unit } from "./code.ts";
import { compileExpression } from "./expression.ts";

/** One element of a command line before its value is known. */
interface Slot {
  readonly name: string | undefined;
  readonly given: boolean;
  readonly text: string | undefined;
  /** `@name`: stands for what is in the variable; `args` may hold names of parameters. */
  readonly splat: "no" | "values" | "args";
}

/** The arguments of a command, in the order they stand. */
export function compileArguments(
  nodes: readonly (Expression | ParameterNode)[],
  unit: Unit,
): (frame: Frame) => Maybe<Argument[]> {
  const slots = nodes.map((node) => slotOf(node, unit));
  const values = all(
    nodes.map((node) =>
      node.kind !== "Parameter"
        ? compileExpression(node, unit)
        : node.value
          ? compileExpression(node.value, unit)
          : constant(null),
    ),
  );
  const splats = slots.some((slot) => slot.splat !== "no");
  const finish = (found: readonly Value[]): Argument[] => {
    if (splats) return slots.flatMap((slot, index) => argumentsOf(slot, found[index] ?? null));
    return slots.map(({ name, given, text }, index) => ({ name, value: found[index] ?? null, given, text }));
  };
  return (frame) => {
    const found = values.run(frame);
    return found instanceof Promise ? found.then(finish) : finish(found);
  };
}

function slotOf(node: Expression | ParameterNode, unit: Unit): Slot {
  if (node.kind === "Parameter") {
    return { name: node.name, given: node.value !== undefined, text: numberText(node.value, unit), splat: "no" };
  }
  const splat =
    node.kind === "Variable" && node.splat ? (node.name.toLowerCase() === "args" ? "args" : "values") : "no";
  return { name: undefined, given: true, text: numberText(node, unit), splat };
}

/** How a number was written: a parameter that takes text gets it as it stands. */
function numberText(node: Expression | undefined, unit: Unit): string | undefined {
  return node?.kind === "Number" ? unit.source.text.slice(node.start, node.end) : undefined;
}

function argumentsOf({ name, given, text, splat }: Slot, value: Value): Argument[] {
  if (splat === "no") return [{ name, value, given, text }];
  if (value === null) return [];
  if (value instanceof Hashtable) {
    return [...value.entries()].map(([key, held]) => ({
      name: toText(key),
      value: held,
      given: true,
      text: undefined,
    }));
  }
  return (itemsOf(value) ?? [value]).map((item) => {
    const named = splat === "args" && typeof item === "string" ? /^-([A-Za-z_]\w*):?$/.exec(item)?.[1] : undefined;
    if (named !== undefined) return { name: named, value: null, given: false, text: undefined };
    return { name: undefined, value: item, given: true, text: undefined };
  });
}
