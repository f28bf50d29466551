import type { StatementNode } from "just-bash";
import { ask } from "./internal-names.ts";
import { command, type Node, statement } from "./nodes.ts";
import type { Signal, Steps, Walk } from "./walk.ts";

type Loop = Node<"While"> | Node<"Until"> | Node<"For"> | Node<"CStyleFor">;

/** How often a loop that is taken apart lets others have their turn. */
const often = 32;

export function walkLoop(walk: Walk, node: Loop): Steps {
  if (node.type === "For") return walkFor(walk, node);
  return node.type === "CStyleFor" ? walkCounting(walk, node) : walkWhile(walk, node);
}

/** What a signal out of a loop's body means to the loop: `undefined` to go on, else to leave it with that. */
function leaves(signal: Signal | undefined): { readonly with: Signal | undefined } | undefined {
  if (!signal) return undefined;
  if (signal.kind === "stop" || signal.kind === "return") return { with: signal };
  if (signal.levels > 1) return { with: { ...signal, levels: signal.levels - 1 } };
  return signal.kind === "break" ? { with: undefined } : undefined;
}

function* turn(walk: Walk, count: number): Generator<StatementNode, void, void> {
  if (count % often === often - 1) yield* walk.asks(statement(command(ask.turn)));
}

function* walkWhile(walk: Walk, node: Node<"While"> | Node<"Until">): Steps {
  let from = walk.back("loop");
  let status = from?.status ?? 0;
  for (let count = 0; ; count++) {
    if (from?.part !== "body") {
      const before = status;
      const condition = () => walk.exempt(() => walk.list(node.condition));
      const signal = leaves(yield* walk.inside({ kind: "loop", part: "condition", status: before }, condition));
      if (signal) return signal.with;
      if (((yield* walk.status()) === 0) !== (node.type === "While")) break;
    }
    from = undefined;
    const left = leaves(yield* walk.inside({ kind: "loop", part: "body", status }, () => walk.list(node.body)));
    if (left) return left.with;
    status = yield* walk.status();
    yield* turn(walk, count);
  }
  yield* walk.settle(status);
  return undefined;
}

function* walkFor(walk: Walk, node: Node<"For">): Steps {
  const from = walk.back("for");
  let words = from?.words;
  if (words === undefined) {
    yield* walk.asks(statement(command(ask.words, node.words ?? [])));
    words = node.words === null ? walk.told.positional : walk.told.words;
  }
  for (let at = from?.at ?? 0; at < words.length; at++) {
    if (at !== from?.at) yield* walk.assign(node.variable, words[at] ?? "");
    const left = leaves(yield* walk.inside({ kind: "for", words, at }, () => walk.list(node.body)));
    if (left) return left.with;
    yield* turn(walk, at);
  }
  return undefined;
}

/** `for ((i = 0; i < n; i++))`. */
function* walkCounting(walk: Walk, node: Node<"CStyleFor">): Steps {
  let from = walk.back("loop");
  const evaluate = (expression: NonNullable<typeof node.init>) =>
    walk.exempt(() => walk.feed(statement({ type: "ArithmeticCommand", expression, redirections: [] })));
  if (!from && node.init) yield* evaluate(node.init);
  for (let count = 0; ; count++) {
    if (!from && node.condition) {
      yield* evaluate(node.condition);
      if ((yield* walk.status()) !== 0) break;
    }
    from = undefined;
    const left = leaves(yield* walk.inside({ kind: "loop", part: "body", status: 0 }, () => walk.list(node.body)));
    if (left) return left.with;
    if (node.update) yield* evaluate(node.update);
    yield* turn(walk, count);
  }
  yield* walk.settle(0);
  return undefined;
}
