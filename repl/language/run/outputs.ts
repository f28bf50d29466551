import type { Common } from "../bind/common.ts";
import { List } from "../values/list.ts";
import type { Value } from "../values/value.ts";
import type { Frame } from "./frame.ts";
import type { Scope } from "./scope.ts";
import type { Sink } from "./sink.ts";

/** Puts the variables of `-OutVariable`, `-PipelineVariable`, `-ErrorVariable` and `-WarningVariable` in place. */
export function withOutputs(
  next: Sink,
  common: Common,
  frame: Frame,
): { readonly out: Sink; readonly collects: Scope["collects"] } {
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
  const errors = common.errorVariable === undefined ? undefined : listVariable(common.errorVariable, frame);
  const warnings = common.warningVariable === undefined ? undefined : listVariable(common.warningVariable, frame);
  return { out, collects: errors || warnings ? { errors, warnings } : undefined };
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

/** Notes an error or warning in the variables that the calls around it asked for. */
export function collect(kind: "errors" | "warnings", value: Value, frame: Frame): void {
  for (let scope: Scope | undefined = frame.scope; scope; scope = scope.parent)
    scope.collects?.[kind]?.items.push(value);
}

export function noteIn(name: string, value: Value, { scope }: Frame): void {
  const held = scope.get(name.replace(/^\+/, ""));
  if (held instanceof List) held.items.push(value);
}
