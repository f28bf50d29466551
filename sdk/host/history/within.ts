import type { Ref } from "../../vim/index.ts";
import { numberIn } from "../state/id.ts";
import type { View } from "../state/view.ts";

/** An entity of a filter, and whether it means what lies below it as well. */
export interface Scope {
  readonly entity: Ref;
  readonly recursion: "self" | "children" | "all";
}

/** Whether an object is in a scope: itself, below it, or either. Machines lie below their folder, host and pool alike. */
export function within(view: View, scope: Scope | undefined, id: number): boolean {
  if (!scope) return true;
  const target = numberIn(scope.entity.value);
  if (id === target) return scope.recursion !== "children";
  if (scope.recursion === "self") return false;
  const object = view.object(id);
  const above = object?.kind === "VirtualMachine" ? [object.parent, object.host, object.pool] : [object?.parent ?? 0];
  return above.some((first) => {
    for (let at = first; at !== 0; at = view.object(at)?.parent ?? 0) if (at === target) return true;
    return false;
  });
}

/** Whether a moment lies in a span whose ends may be left open. */
export function during(time: number | undefined, begin: string | undefined, end: string | undefined): boolean {
  if (begin === undefined && end === undefined) return true;
  if (time === undefined) return false;
  return (begin === undefined || time >= Date.parse(begin)) && (end === undefined || time <= Date.parse(end));
}
