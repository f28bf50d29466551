import type { RedirectionNode } from "../ast/statements.ts";
import { toText } from "../convert/to-text.ts";
import { after, eachInTurn, type Maybe } from "../maybe.ts";
import type { Frame } from "../run/frame.ts";
import { collectInTurn } from "../run/in-turn.ts";
import { redirected } from "../run/redirected.ts";
import { nullSink, type Sink } from "../run/sink.ts";
import { STREAM, type Streams } from "../run/streams.ts";
import { constant, type Unit } from "./code.ts";
import { compileExpression } from "./expression.ts";

/** Where a command's streams go. */
export interface Redirected {
  readonly out: Sink;
  readonly streams: Streams;
  close(): Maybe<void>;
}

/** `> file`, `2>$null`, `2>&1`, `*> file` */
export function compileRedirections(
  nodes: readonly RedirectionNode[],
  unit: Unit,
): (frame: Frame, next: Sink) => Maybe<Redirected> {
  const parts = nodes.map((node) => ({
    node,
    target: typeof node.target === "number" ? constant(node.target) : compileExpression(node.target, unit),
  }));
  return (frame, next) => {
    const targets = collectInTurn(parts, ({ target }) => target.run(frame));
    return after(targets, (values) => {
      const closing: (() => Maybe<void>)[] = [];
      const sinks = new Map<number, Sink>();
      for (const [index, { node }] of parts.entries()) {
        const value = values[index] ?? null;
        let sink: Sink;
        if (typeof node.target === "number") sink = sinks.get(STREAM.output) ?? next;
        else if (value === null) sink = nullSink;
        else {
          const file = frame.engine.openFile(toText(value), node.append, frame);
          closing.push(() => file.close());
          sink = file;
        }
        for (const stream of node.stream === 0 ? [1, 2, 3, 4, 5, 6] : [node.stream]) sinks.set(stream, sink);
      }
      return {
        out: sinks.get(STREAM.output) ?? next,
        streams: redirected(frame.streams, sinks),
        close: () => eachInTurn(closing, (close) => close()),
      };
    });
  };
}
