import type { SimpleCommandNode, StatementNode } from "just-bash";
import type { ScriptFrame } from "../../state/guest-record.ts";
import { ask } from "./internal-names.ts";
import { command, literal, nameOf, plainText, statement } from "./nodes.ts";
import { quoted } from "./quote.ts";
import { appending, isRedirectingExec, redirectable } from "./redirections.ts";
import type { Steps, Walk } from "./walk.ts";

/** A simple command that means something to the walk. */
export function* leaf(walk: Walk, whole: SimpleCommandNode): Steps {
  const node = withoutSudo(whole);
  const name = nameOf(node);
  if (name !== undefined && walk.library.isFunction(name)) return yield* call(walk, node, name);
  switch (name) {
    case "break":
    case "continue":
      if (!walk.inLoop) break;
      return { kind: name, levels: Math.max(1, Number(plainText(node.args[0]) ?? 1) || 1) };
    case "return":
      if (!walk.inCall) break;
      yield* returns(walk, node);
      return { kind: "return" };
    case "local":
      if (!walk.inCall) break;
      return yield* local(walk, node);
    case "exec":
      if (!isRedirectingExec(node)) break;
      yield* walk.feed(statement({ ...node, name: command(":").name }));
      walk.kept = [...walk.kept, ...appending(node.redirections)];
      return undefined;
    case "vmware-rpctool":
    case "vmtoolsd": {
      if (!walk.library.traitsOf(node).stops) break;
      const here = command(name === "vmtoolsd" ? ask.vmtoolsd : ask.rpctool);
      walk.told.refusal = yield* walk.whyNotKept();
      return yield* walk.feed(statement({ ...node, name: here.name }));
    }
  }
  return yield* walk.feed(statement(whole));
}

/** `sudo` changes nothing for a program that is root's already, as those of a guest's system are. */
function withoutSudo(node: SimpleCommandNode): SimpleCommandNode {
  if (nameOf(node) !== "sudo") return node;
  const [name, ...args] = node.args;
  return name && !plainText(name)?.startsWith("-") ? { ...node, name, args } : node;
}

function* returns(walk: Walk, node: SimpleCommandNode): Generator<StatementNode, void, void> {
  if (node.args.length === 0) return;
  yield* walk.asks(statement(command(ask.words, node.args)));
  yield* walk.settle(Number(walk.told.words[0] ?? 0) & 255);
}

/** Outside of its own functions the shell has no `local`: the variable gets back what it was when the function returns. */
function* local(walk: Walk, node: SimpleCommandNode): Steps {
  const names = node.args
    .map((word) => /^([A-Za-z_]\w*)/.exec(plainText({ type: "Word", parts: word.parts.slice(0, 1) }) ?? "")?.[1])
    .filter((name) => name !== undefined);
  yield* walk.asks(statement(command(ask.values, names.map(literal))));
  const { values } = walk.told;
  const before = names.map((name) => {
    const value = values.get(name);
    return value === undefined ? `unset ${name}\n` : `${name}=${quoted(value)}\n`;
  });
  const at = walk.frames.findLastIndex(({ kind }) => kind === "call");
  const frame = walk.frames[at];
  if (frame?.kind === "call") walk.frames[at] = { ...frame, restore: `${before.join("")}${frame.restore}` };
  const declare = command("declare", node.args);
  return yield* walk.feed(statement({ ...node, name: declare.name }));
}

/** A function in which the script may stop: its body is walked with its arguments in the place of the script's. */
function* call(walk: Walk, node: SimpleCommandNode, name: string): Steps {
  const depth = walk.frames.length;
  let frame: Extract<ScriptFrame, { kind: "call" }> | undefined = walk.back("call");
  if (!frame) {
    const body = walk.library.definition(name);
    const plain = node.assignments.length === 0 && redirectable(node.redirections) && node.redirections.length === 0;
    if (body === undefined || !plain) return yield* walk.feed(statement(node));
    yield* walk.asks(statement(command(ask.words, node.args)));
    const { words, positional } = walk.told;
    frame = { kind: "call", body, restore: `set -- ${positional.map(quoted).join(" ")}\n` };
    yield* walk.asks(statement(command("set", [literal("--"), ...words.map(literal)])));
  }
  walk.frames.push(frame);
  const { body } = walk.library.definedBy(frame.body);
  const signal = yield* walk.command(body);
  if (signal?.kind === "stop") return signal;
  const status = yield* walk.status();
  const now = walk.frames[depth];
  walk.frames.length = depth;
  if (now?.kind === "call")
    for (const restored of walk.library.parse(now.restore).statements) yield* walk.asks(restored);
  yield* walk.settle(status);
  return undefined;
}
