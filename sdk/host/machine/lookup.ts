import type { ManagedType, Ref } from "../../vim/index.ts";
import { invalidState, notFound } from "../faults.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import type { View } from "../state/view.ts";

/** The machine that an operation is about: it may have gone while the task waited. */
export function machineOf(view: View, job: { readonly self: Ref<ManagedType>; readonly id: number }): MachineRecord {
  const found = view.object(job.id);
  if (found?.kind === "VirtualMachine") return found;
  throw notFound(job.self);
}

/** Templates can be neither run nor changed. */
export function requireNoTemplate(machine: MachineRecord, to: string): void {
  if (machine.template)
    throw invalidState(`'${machine.name}' is a template: ${to} needs a virtual machine. Convert it first.`);
}
