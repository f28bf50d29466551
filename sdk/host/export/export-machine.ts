import type { Ref } from "../../vim/index.ts";
import { contentIdOf, grainsOf, writeStream } from "../../vmdk/index.ts";
import { type Call, sessionOf } from "../call.ts";
import { invalidPowerState } from "../faults.ts";
import { newId } from "../session/new-id.ts";
import { refOf } from "../state/id.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import { requireIdle } from "../task/locks.ts";
import { devicePlace } from "./device-key.ts";
import { digested } from "./digest.ts";
import { Lease, type LeaseFile } from "./lease.ts";
import { noteTask } from "./lease-task.ts";
import { requireNoLease } from "./leases.ts";
import { type OpenDisk, openDisk } from "./open-disk.ts";

/**
 * Opens a machine's disks to a client, as streamOptimized files that stand for themselves, for as long as he keeps the lease up.
 * `content` is the machine whose disks it is: itself, or what a snapshot remembers.
 */
export function exportMachine(
  call: Call,
  machine: MachineRecord,
  content: MachineRecord,
  method: string,
): Ref<"HttpNfcLease"> {
  const { core } = call;
  const session = sessionOf(call);
  requireIdle(core.universe.state, machine.id);
  requireNoLease(core, machine.id);
  if (content === machine && machine.power !== "poweredOff")
    throw invalidPowerState(machine.power, "poweredOff", machine.name);
  const ref: Ref<"HttpNfcLease"> = Object.freeze({ type: "HttpNfcLease", value: newId(session, "HttpNfcLease") });
  const task = noteTask(core, session.userName, machine, method);
  const token = core.tickets.newToken();
  const opened: OpenDisk[] = [];
  const files: LeaseFile[] = [];
  content.disks.forEach((disk, index) => {
    const open = openDisk(core.universe, content, disk.key);
    opened.push(open);
    const name = `disk-${index}.vmdk`;
    const key = `/${refOf(machine).value}/${devicePlace(content, disk.key)}`;
    const whole = open.levels[0]?.whole;
    if (!whole) return;
    let populated = 0;
    for (const range of whole.ranges()) populated += range.length;
    const read = () => {
      lease.sign();
      const cid = contentIdOf([], whole.capacity);
      const chunks = writeStream(grainsOf(whole), { file: name, capacity: whole.capacity, cid });
      return digested(chunks, (digest) => lease.note(key, digest));
    };
    const url = core.tickets.offerDownload({ read }, { path: pathOf(token, name), once: false });
    files.push({ key, importKey: key, name, url, capacity: whole.capacity, populated });
  });
  const lease = new Lease(ref, core, session, {
    doing: "exported",
    machine: machine.id,
    entity: refOf(machine),
    task,
    files,
    end: () => {
      for (const open of opened) open.close();
    },
  });
  session.objects.set(ref.value, lease);
  return ref;
}

/** Whoever knows the URL needs no session, as in vSphere. `token` is the lease's own, of `Tickets.newToken`. */
export const pathOf = (token: string, name: string): string => `/nfc/${token}/${name}`;
