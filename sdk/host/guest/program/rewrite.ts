import type { ScriptNode, SimpleCommandNode, StatementNode } from "just-bash";
import { ask, turnFile } from "./internal-names.ts";
import { command, literal, statement } from "./nodes.ts";

/** Variables whose values the shell would take from the real clock, or from real chance. */
const special: ReadonlySet<unknown> = new Set(["RANDOM", "SRANDOM", "SECONDS", "EPOCHSECONDS", "EPOCHREALTIME"]);

/** `[[ -e file ]]`: it costs next to nothing, and the guest's files decide when everybody else gets a turn. */
const turn: StatementNode = statement({
  type: "ConditionalCommand",
  expression: { type: "CondUnary", operator: "-e", operand: literal(turnFile) },
  redirections: [],
});

/**
 * A script as it can be run in a guest: special variables are asked of the guest, and every turn of a loop is one at which others
 * may have theirs, or an endless one would keep the process for itself. It is changed in place.
 */
export function rewritten(script: ScriptNode): ScriptNode {
  visit(script);
  return script;
}

function visit(node: unknown): void {
  if (Array.isArray(node)) {
    for (const [i, inner] of node.entries()) {
      const other = instead(inner);
      if (other === undefined) visit(inner);
      else node[i] = other;
    }
    return;
  }
  if (typeof node !== "object" || node === null) return;
  if (isCommand(node)) elsewhere(node);
  for (const [key, inner] of Object.entries(node)) {
    if (typeof inner !== "object" || inner === null) continue;
    const other = instead(inner);
    if (other === undefined) visit(inner);
    else Reflect.set(node, key, other);
  }
  if (isLoop(node)) node.body.unshift(turn);
}

/** What a special variable is read by, undefined for everything else. */
function instead(node: unknown): object | undefined {
  if (typeof node !== "object" || node === null || !("type" in node)) return undefined;
  if (node.type === "ParameterExpansion" && "parameter" in node && special.has(node.parameter) && "operation" in node) {
    if (node.operation !== null) return undefined;
    const body: ScriptNode = {
      type: "Script",
      statements: [statement(command(ask.special, [literal(String(node.parameter))]))],
    };
    return { type: "CommandSubstitution", body, legacy: false };
  }
  if ((node.type === "ArithVariable" || node.type === "ArithSpecialVar") && "name" in node && special.has(node.name))
    return { type: "ArithCommandSubst", command: `${ask.special} '${String(node.name)}'` };
  return undefined;
}

/** `/sbin/ip` is the shell's own command as `/usr/bin/ip` is. */
function elsewhere({ name }: SimpleCommandNode): void {
  const [part] = name?.parts ?? [];
  if (part?.type === "Literal") part.value = part.value.replace(/^\/(?:usr\/)?sbin\//, "/usr/bin/");
}

const isCommand = (node: object): node is SimpleCommandNode => "type" in node && node.type === "SimpleCommand";

function isLoop(node: object): node is { body: StatementNode[] } {
  if (!("type" in node && "body" in node && Array.isArray(node.body))) return false;
  return node.type === "While" || node.type === "Until" || node.type === "For" || node.type === "CStyleFor";
}
