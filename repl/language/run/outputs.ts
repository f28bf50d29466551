import type { Common } from "../bind/common.ts";
import { List } from "../values/list.ts";
import type { Value } from "../values/value.ts";
import type { Frame } from "./frame.ts";
import type { Sink } from "./sink.ts";
import type { Streams } from "./streams.ts";

/** Puts the variables of `-OutVariable`, `-PipelineVariable`, `-ErrorVariable` and `-WarningVariable` in place. */
export function withOutputs(
  next: Sink,
  common: Common,
  frame: Frame,
): { readonly out: Sink; readonly streams: Streams } {
  const { scope } = frame;
  let out = next;
  if (common.pipelineVariable !== undefined) {
    const name = common.pipelineVariable;
    const inner = out;
    out = {
      write(value) {
        scope.set(name, value);
        return inner.write(value);
      },
    };
  }
  if (common.outVariable !== undefined) {
    const list = listVariable(common.outVariable, frame);
    const inner = out;
    out = {
      write(value) {
        list.items.push(value);
        return inner.write(value);
      },
    };
  }
  if (common.errorVariable !== undefined) listVariable(common.errorVariable, frame);
  if (common.warningVariable !== undefined) listVariable(common.warningVariable, frame);
  let { streams } = frame;
  if (common.errorVariable !== undefined) streams = noting(streams, "error", common.errorVariable, frame);
  if (common.warningVariable !== undefined) streams = noting(streams, "warning", common.warningVariable, frame);
  return { out, streams };
}

/** `Name` starts anew, `+Name` adds to what is there. */
function listVariable(name: string, { scope }: Frame): List {
  const plain = name.replace(/^\+/, "");
  const existing = scope.get(plain);
  if (name.startsWith("+") && existing instanceof List) return existing;
  const list = new List();
  scope.set(plain, list);
  return list;
}

/** Functions report through their streams: what passes is noted in the variable too. */
function noting(streams: Streams, kind: "error" | "warning", name: string, frame: Frame): Streams {
  const note = (value: Value) => noteIn(name, value, frame);
  if (kind === "error") {
    return {
      ...streams,
      error(record) {
        note(record);
        return streams.error(record);
      },
    };
  }
  return {
    ...streams,
    warning(text) {
      note(text);
      return streams.warning(text);
    },
  };
}

export function noteIn(name: string, value: Value, { scope }: Frame): void {
  const held = scope.get(name.replace(/^\+/, ""));
  if (held instanceof List) held.items.push(value);
}
