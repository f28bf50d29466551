import type { MachineRecord } from "../../state/machine-record.ts";
import type { SnapshotRecord } from "../../state/snapshot-record.ts";
import { fileSizes } from "../../storage/files.ts";
import { homePath } from "../../storage/home.ts";
import { chainOf } from "../../storage/layers.ts";
import { vmfsUuid } from "../../storage/volume.ts";
import { type Texts, vmxPairs } from "./vmx.ts";

/**
 * `vmware.log` of a machine. It tells what the records of the machine and of its snapshots say, and no more: the machine's
 * configuration as it is read at power on, its disks file by file, its snapshots as they were taken, and where it has stopped.
 */
export function logText(view: Texts, machine: MachineRecord, snapshots: readonly SnapshotRecord[]): string {
  const volume = (datastore: number) => `/vmfs/volumes/${vmfsUuid(view.seed, datastore)}`;
  const lines: string[] = [];
  const say = (ms: number, text: string) => lines.push(`${new Date(ms).toISOString()} In(05) vmx - ${text}`);
  const at = machine.booted || machine.created;
  say(machine.created, "Log for VMware ESX pid=2098151 version=8.0.3 build=build-24022510 option=Release");
  if (machine.source !== 0)
    say(machine.created, `${machine.forked ? "Instant clone" : "Clone"} of vm-${machine.source}`);
  say(at, `DICT --- CONFIGURATION ${volume(machine.datastore)}/${homePath(machine, ".vmx")}`);
  for (const [key, value] of vmxPairs(view, machine)) say(at, `DICT ${key.padStart(28)} = ${JSON.stringify(value)}`);
  if (machine.changes > 0) say(at, `The configuration was changed ${machine.changes} times.`);
  if (machine.booted !== 0) say(at, "PowerOn");
  for (const { key, layer } of machine.disks)
    for (const { datastore, path, thick, parent } of chainOf(layer))
      say(
        at,
        `DISKLIB disk ${key}: ${volume(datastore)}/${path} ${parent ? "delta" : thick > 0 ? "flat" : "thin"} open`,
      );
  for (const { number, name, created, machine: then } of [...snapshots].sort((a, b) => a.number - b.number))
    say(
      created,
      `SnapshotVMX: took snapshot ${number} ${JSON.stringify(name)}${then.memory === 0 ? "" : " with memory"}`,
    );
  if (machine.frozen) say(at, "GuestRpc: instantclone.freeze: the guest is at its fork point");
  if (machine.power !== "poweredOn") say(at, machine.power === "suspended" ? "Suspended" : "PowerOff");
  return tail(lines, fileSizes.log);
}

/** The last lines that fit: a log that is full goes on in a new one. */
function tail(lines: readonly string[], most: number): string {
  let first = lines.length;
  for (let left = most; first > 0; first--) {
    left -= Buffer.byteLength(lines[first - 1] ?? "") + 1;
    if (left < 0) break;
  }
  return lines
    .slice(first)
    .map((line) => `${line}\n`)
    .join("");
}
