import type { Draft } from "./draft.ts";
import type { MachineRecord } from "./machine-record.ts";

/** What an operation says when it posts an event; who, when and the chain are added. */
export interface EventNote {
  readonly vm?: MachineRecord;
  readonly host?: number;
  readonly eventTypeId?: string;
  readonly more?: Readonly<Record<string, unknown>>;
}

/**
 * The chain for the events of an operation that is no task. Those of a task have its number, and so this takes one that no task
 * will have.
 */
export const newChain = (tx: Draft): number => tx.nextTask++;

/** Posts an event as part of a transaction. `by` is the operation it belongs to. */
export function post(
  tx: Draft,
  by: { readonly user: string; readonly chain: number },
  type: string,
  note: EventNote = {},
): void {
  tx.putEvent({
    key: tx.nextEvent++,
    type,
    eventTypeId: note.eventTypeId,
    time: tx.now,
    user: by.user,
    chain: by.chain,
    vm: note.vm?.id ?? 0,
    host: note.host ?? note.vm?.host ?? 0,
    vmName: note.vm?.name ?? "",
    more: note.more,
  });
}
