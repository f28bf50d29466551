import type { Statement } from "../ast/statements.ts";
import { scriptError } from "../errors/script-error.ts";
import { compileAssignment } from "./assignment.ts";
import { compileChain } from "./chain.ts";
import type { StatementCode, Unit } from "./code.ts";
import { compileFunction } from "./functions.ts";
import { compileIf } from "./if.ts";
import { compileJump, compileLeave } from "./jumps.ts";
import { compileFor, compileForEach, compileWhile } from "./loops.ts";
import { compilePipeline } from "./pipeline.ts";
import { compileSwitch } from "./switch.ts";
import { compileTry } from "./try.ts";

/** Compiles one statement. */
export function compileStatement(node: Statement, unit: Unit): StatementCode {
  switch (node.kind) {
    case "Pipeline":
      return compilePipeline(node, unit);
    case "Chain":
      return compileChain(node, unit);
    case "Assignment":
      return compileAssignment(node, unit);
    case "If":
      return compileIf(node, unit);
    case "For":
      return compileFor(node, unit);
    case "ForEach":
      return compileForEach(node, unit);
    case "While":
      return compileWhile(node, unit);
    case "Switch":
      return compileSwitch(node, unit);
    case "Break":
    case "Continue":
      return compileJump(node, unit);
    case "Return":
    case "Exit":
    case "Throw":
      return compileLeave(node, unit);
    case "Try":
      return compileTry(node, unit);
    case "Function":
      return compileFunction(node, unit);
    case "Trap":
    case "Using":
      return { plain: true, run: () => undefined };
    case "Unsupported":
      return {
        plain: true,
        run() {
          throw scriptError(`'${node.what}' is not supported in this shell.`, {
            category: "NotImplemented",
            id: "NotSupported",
            type: "System.Management.Automation.PSNotSupportedException",
            reach: "script",
          });
        },
      };
  }
}
