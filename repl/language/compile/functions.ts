import type { FunctionNode } from "../ast/statements.ts";
import { BlockCode } from "./block.ts";
import type { StatementCode, Unit } from "./code.ts";

/** `function Name { ... }`: from here on the scope has it; `global:` and `script:` say which. */
export function compileFunction(node: FunctionNode, unit: Unit): StatementCode {
  const code = new BlockCode(node.body, unit);
  const colon = node.name.indexOf(":");
  const prefix = colon > 0 ? node.name.slice(0, colon).toLowerCase() : "";
  const name =
    prefix === "global" || prefix === "script" || prefix === "local" || prefix === "private"
      ? node.name.slice(colon + 1)
      : node.name;
  return {
    plain: true,
    run(frame) {
      const scope = prefix === "global" || prefix === "script" ? frame.scope.nearest(prefix) : frame.scope;
      frame.engine.defineFunction({ name, code, home: frame.scope.moduleScope() }, scope);
      frame.engine.succeeded = true;
      return undefined;
    },
  };
}
