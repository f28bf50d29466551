import type { vim } from "../../vim/index.ts";
import { fault, type HostFault, invalidArgument } from "../faults.ts";
import type { Draft } from "../state/draft.ts";
import { post } from "../state/event.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import { baseNameOf } from "../storage/path.ts";
import type { Doer } from "./create.ts";
import { powerOff } from "./power.ts";

/** The question of a machine that waits for an answer. It is about what the guest was doing then: once that is gone, it is void. */
export function questionOf({ power, memory, booted, question }: MachineRecord): MachineRecord["question"] {
  const stands = power === "poweredOn" && question?.memory === memory && question.booted === booted;
  return stands ? question : undefined;
}

const retry = { key: "0", label: "button.retry", summary: "Retry" };
const cancel = { key: "1", label: "button.abort", summary: "Cancel" };

/** VMware's message, when a guest writes to a disk whose datastore is full. */
const outOfSpace = "msg.hbacommon.outofspace";

/**
 * A guest's write found no room on a datastore: the guest stops before it, and the machine asks what to do. Nothing was written.
 */
export function askForSpace(tx: Draft, id: number, full: HostFault): void {
  const machine = tx.object(id);
  if (machine?.kind !== "VirtualMachine" || machine.power !== "poweredOn" || questionOf(machine)) return;
  const file = "file" in full.fault && typeof full.fault.file === "string" ? full.fault.file : "";
  const asked = { id: String(tx.nextEvent), file, memory: machine.memory, booted: machine.booted };
  const asking = { ...machine, question: asked };
  tx.put(asking);
  const { text, message } = shown(asked);
  post(tx, { user: "", chain: 0 }, "VmMessageEvent", { vm: asking, more: { message: text, messageInfo: message } });
}

/** A question as vSphere shows it. */
export function shown({ id, file }: NonNullable<MachineRecord["question"]>) {
  const text = `There is no more space for virtual disk '${baseNameOf(file)}'. You might be able to continue this session by freeing disk space on the relevant volume, and clicking _Retry. Click Cancel to terminate this session.`;
  const choiceInfo = [retry, cancel].map(
    (choice): vim.ElementDescription => ({ _typeName: "ElementDescription", ...choice }),
  );
  const message: vim.VirtualMachineMessage[] = [{ id: outOfSpace, argument: [file], text }];
  return { id, text: `${outOfSpace}:${text}`, choice: { choiceInfo, defaultIndex: 0 }, message };
}

/**
 * Answers: `0` tries the write again (and asks again where there is still no room), `1` switches the machine off. Throws
 * ConcurrentAccess when the question is not asked (any more).
 */
export function answer(tx: Draft, by: Doer, machine: MachineRecord, questionId: string, choice: string): void {
  const asked = questionOf(machine);
  if (asked?.id !== questionId)
    throw fault(
      "ConcurrentAccess",
      {},
      `'${machine.name}' does not ask the question '${questionId.slice(0, 40)}' (any more).`,
    );
  if (choice !== retry.key && choice !== cancel.key)
    throw invalidArgument("answerChoice", `The choices are 0 (Retry) and 1 (Cancel), not '${choice.slice(0, 40)}'.`);
  const { question: _, ...answered } = machine;
  tx.put(answered);
  if (choice === cancel.key) powerOff(tx, by, answered);
}
