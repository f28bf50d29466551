import { ask } from "./internal-names.ts";
import { command, literal, type Node, statement } from "./nodes.ts";
import type { Steps, Walk } from "./walk.ts";

export function* walkIf(walk: Walk, { clauses, elseBody }: Node<"If">): Steps {
  const from = walk.back("if");
  for (let at = from?.clause ?? 0; at < clauses.length; at++) {
    const clause = clauses[at];
    if (!clause) break;
    if (!(at === from?.clause && from.part === "body")) {
      const condition = () => walk.exempt(() => walk.list(clause.condition));
      const signal = yield* walk.inside({ kind: "if", clause: at, part: "condition" }, condition);
      if (signal) return signal;
      if ((yield* walk.status()) !== 0) continue;
    }
    return yield* walk.inside({ kind: "if", clause: at, part: "body" }, () => walk.list(clause.body));
  }
  if (!elseBody) {
    yield* walk.settle(0);
    return undefined;
  }
  return yield* walk.inside({ kind: "if", clause: clauses.length, part: "body" }, () => walk.list(elseBody));
}

/** The shell finds out which items are run. */
export function* walkCase(walk: Walk, node: Node<"Case">): Steps {
  const from = walk.back("case");
  let taken = from?.items ?? [];
  if (!from) {
    walk.told.branches = [];
    const items = node.items.map((item, i) => ({
      ...item,
      body: [statement(command(ask.branch, [literal(String(i))]))],
    }));
    yield* walk.asks(statement({ ...node, items, redirections: [] }));
    taken = walk.told.branches;
  }
  for (const [i, item] of taken.entries()) {
    const body = node.items[item]?.body ?? [];
    const signal = yield* walk.inside({ kind: "case", items: taken.slice(i) }, () => walk.list(body));
    if (signal) return signal;
  }
  return undefined;
}
