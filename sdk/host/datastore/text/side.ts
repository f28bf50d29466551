import { machineUuid } from "../../machine/uuid.ts";
import type { MachineRecord } from "../../state/machine-record.ts";
import type { SnapshotRecord } from "../../state/snapshot-record.ts";
import { homePath } from "../../storage/home.ts";
import { baseNameOf } from "../../storage/path.ts";
import type { Texts } from "./vmx.ts";

const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c] ?? "&quot;");

/** `.vmxf`: the few things that are kept beside the configuration. */
export function vmxfText(view: Texts, machine: MachineRecord): string {
  const uuid = machineUuid(view.seed, machine, "instance");
  return `<?xml version="1.0"?>\n<Foundry>\n<VM>\n<VMId type="string">${uuid}</VMId>\n<ClientMetaData>\n<clientMetaDataAttributes/>\n<HistoryEventList/></ClientMetaData>\n<vmxPathName type="string">${escaped(baseNameOf(homePath(machine, ".vmx")))}</vmxPathName></VM></Foundry>\n`;
}

/** `.vmsd`: the list of a machine's snapshots. */
export function vmsdText(machine: MachineRecord, snapshots: readonly SnapshotRecord[]): string {
  const lines: [string, string][] = [[".encoding", "UTF-8"]];
  const numberOf = (id: number) => snapshots.find((snapshot) => snapshot.id === id)?.number ?? 0;
  if (machine.snapshots) {
    lines.push(["snapshot.lastUID", String(machine.snapshots.taken)]);
    if (machine.snapshots.current !== 0) lines.push(["snapshot.current", String(numberOf(machine.snapshots.current))]);
  }
  snapshots.forEach(({ number, above, name, description, created, machine: then }, i) => {
    const at = `snapshot${i}`;
    lines.push(
      [`${at}.uid`, String(number)],
      [`${at}.filename`, baseNameOf(homePath(machine, `-Snapshot${number}.vmsn`))],
    );
    if (above !== 0) lines.push([`${at}.parent`, String(numberOf(above))]);
    lines.push([`${at}.displayName`, name], [`${at}.description`, description], [`${at}.createTime`, String(created)]);
    then.disks.forEach(({ layer }, n) => {
      lines.push([`${at}.disk${n}.fileName`, baseNameOf(layer.path)]);
    });
    lines.push([`${at}.numDisks`, String(then.disks.length)]);
  });
  if (snapshots.length > 0) lines.push(["snapshot.numSnapshots", String(snapshots.length)]);
  return lines.map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`).join("");
}

/** `.nvram`: begins as VMware's do; what a firmware keeps is not simulated, and is empty. */
export const nvramText = (size: number): string => `MRVN${"\0".repeat(size - 4)}`;

/** `.vmsn` and `.vmss`: the state of devices, of which the simulator has none but the configuration. */
export const stateText = (size: number, vmx: string): string =>
  `${vmx}${"\0".repeat(Math.max(0, size - Buffer.byteLength(vmx)))}`;
