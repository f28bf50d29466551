import type { Expression } from "../language/ast/expressions.ts";
import type { Script } from "../language/ast/script.ts";
import type { Statement } from "../language/ast/statements.ts";

/** The expression before the dot at the cursor, when there is one and it can be evaluated without doing anything. */
export function objectAt(script: Script, cursor: number): Expression | undefined {
  let found: Expression | undefined;
  visit(script.ast, (node) => {
    if (node.kind === "Member" && isExpression(node.object) && endOf(node) === cursor) found = node.object;
  });
  return found !== undefined && isHarmless(found) ? found : undefined;
}

type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null;

const endOf = (node: Node): unknown => node.end;

const isExpression = (value: unknown): value is Expression =>
  isNode(value) && typeof value.kind === "string" && typeof value.start === "number";

/** Every node of a tree, the outer before the inner. */
function visit(value: unknown, each: (node: Node) => void): void {
  if (Array.isArray(value)) for (const item of value) visit(item, each);
  else if (isNode(value)) {
    each(value);
    for (const child of Object.values(value)) if (isNode(child)) visit(child, each);
  }
}

/** `(Get-VM golden)`: commands that only read, with arguments that only read. */
function isReading(statement: Statement): boolean {
  if (statement.kind !== "Pipeline") return false;
  return statement.stages.every((stage) => {
    if (stage.kind === "ExpressionStage") return isHarmless(stage.expression);
    const { name, args, redirections } = stage;
    if (name.kind !== "String" || !/^(Get|Select|Sort|Measure)-\w+$/i.test(name.value) || redirections.length > 0)
      return false;
    return args.every((arg) => {
      if (arg.kind === "Parameter") return arg.value === undefined || isHarmless(arg.value);
      return isHarmless(arg);
    });
  });
}

/** Reading a variable, a property or an element changes nothing; a call or a command might. */
function isHarmless(node: Expression): boolean {
  switch (node.kind) {
    case "Variable":
    case "String":
    case "Number":
    case "Type":
      return true;
    case "Member":
      return isHarmless(node.object) && node.member.kind === "String";
    case "Index":
      return isHarmless(node.object) && isHarmless(node.index);
    case "Paren":
      return isReading(node.statement);
    default:
      return false;
  }
}
