import type { CallOptions } from "../progress.ts";
import type { Session } from "../session.ts";
import type { ManagedType, Ref } from "../vim/index.ts";
import { isSubtype, managedType } from "../vim/schema.ts";
import type { ManagedObject } from "./managed-object.ts";

const isTask = (value: unknown): value is Ref<"Task"> =>
  typeof value === "object" && value !== null && "type" in value && value.type === "Task" && "value" in value;

const done = new Set<object>();

/** Gives a class of objects the wire methods of its managed type, from the schema, once it is needed. */
export function defineWireMethods(prototype: object, type: ManagedType): void {
  if (done.has(prototype)) return;
  done.add(prototype);
  for (const [name, info] of managedType(type)?.methods ?? []) {
    if (name in prototype) continue;
    const startsTask = info.returns?.ref !== undefined && isSubtype(info.returns.ref, "Task") && !info.returns.array;
    const value = async function call(
      this: ManagedObject & { session: Session },
      args: Readonly<Record<string, unknown>> = {},
      options: CallOptions = {},
    ): Promise<unknown> {
      const answer = await this.session.transport.call(this.ref, name, args, options.signal);
      return startsTask && isTask(answer) ? this.session.task(answer) : answer;
    };
    Object.defineProperty(prototype, name, { value, enumerable: false, configurable: true });
  }
}
