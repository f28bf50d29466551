import {
  type CommandContext,
  Hashtable,
  type Maybe,
  ScriptBlock,
  scriptError,
  toText,
  type Value,
} from "../../language/index.ts";
import { wildcard } from "../../language/regex/wildcard.ts";
import { propertyNames, readProperty } from "../../render/properties.ts";

/** One entry of a `-Property` parameter: a name, a script block, or a hashtable with a label and an expression. */
export interface PropertyExpression {
  readonly label: string;
  /** The name or wildcard, when it is no script block. */
  readonly name: string | undefined;
  /** The value of one of the hashtable's other keys, such as `descending`; keys may be shortened. */
  option(name: string): Value | undefined;
  read(item: Value): Maybe<Value>;
}

type AnyContext = Pick<CommandContext<unknown>, "block">;

const labelKeys = ["name", "label", "n", "l"];
const expressionKeys = ["expression", "e"];
const none = () => undefined;

/**
 * Understands one entry of `-Property`: `Name`, `{ $_.Name }` or `@{ N = "Label"; E = { ... } }`. Keys may be
 * shortened (`Ex`, `Lab`), as PowerShell allows.
 */
export function propertyExpression(ctx: AnyContext, spec: Value): PropertyExpression {
  if (spec instanceof Hashtable) return fromHashtable(ctx, spec);
  if (spec instanceof ScriptBlock) return fromBlock(ctx, spec, spec.text.trim(), none);
  const name = toText(spec);
  return { label: name, name, option: none, read: (item) => readProperty(item, name) };
}

function fromHashtable(ctx: AnyContext, table: Hashtable): PropertyExpression {
  const options = new Map<string, Value>();
  let label: string | undefined;
  let expression: Value = null;
  for (const [key, value] of table.entries()) {
    const name = toText(key).toLowerCase();
    if (matches(name, labelKeys)) label = toText(value);
    else if (matches(name, expressionKeys)) expression = value;
    else options.set(name, value);
  }
  if (expression === null) {
    if (label === undefined) throw invalid("The property hashtable needs an Expression (E), and usually a Name (N).");
    expression = label;
  }
  const option = (wanted: string) => [...options].find(([key]) => matches(key, [wanted]))?.[1];
  if (expression instanceof ScriptBlock) return fromBlock(ctx, expression, label ?? expression.text.trim(), option);
  const name = toText(expression);
  return { label: label ?? name, name, option, read: (item) => readProperty(item, name) };
}

function fromBlock(
  ctx: AnyContext,
  block: ScriptBlock,
  label: string,
  option: PropertyExpression["option"],
): PropertyExpression {
  const runner = ctx.block(block);
  return { label, name: undefined, option, read: (item) => runner.value(item) };
}

function matches(key: string, names: readonly string[]): boolean {
  return key !== "" && names.some((name) => name.startsWith(key));
}

function invalid(message: string): Error {
  return scriptError(message, { category: "InvalidArgument", type: "System.NotSupportedException" });
}

/** The expressions for one object: a name with wildcards stands for all properties that match, in their order. */
export function expand(expressions: readonly PropertyExpression[], item: Value): readonly PropertyExpression[] {
  if (!expressions.some(isWildcard)) return expressions;
  const names = propertyNames(item);
  return expressions.flatMap((expression) => {
    if (!isWildcard(expression)) return [expression];
    return names
      .filter((name) => wildcard(expression.name ?? "").test(name))
      .map((name) => ({ label: name, name, option: none, read: (from: Value) => readProperty(from, name) }));
  });
}

function isWildcard(expression: PropertyExpression): boolean {
  return expression.name !== undefined && /[*?[]/.test(expression.name);
}
