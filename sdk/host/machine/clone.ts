import type { vim } from "../../vim/index.ts";
import { requirePorts } from "../network/ports.ts";
import type { Draft } from "../state/draft.ts";
import { post } from "../state/event.ts";
import { refOf } from "../state/id.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import { record } from "../state/view.ts";
import { addMachine } from "./add.ts";
import type { ClonePlan } from "./clone-spec.ts";
import { applyConfig } from "./config-apply.ts";
import type { Doer } from "./create.ts";
import { DiskFiles } from "./disk-files.ts";
import { moveDisk } from "./disk-move.ts";
import { replaceMachine } from "./links.ts";
import { withoutMissing } from "./missing-disks.ts";
import { powerOn } from "./power.ts";
import { requireRoom } from "./room.ts";

/**
 * Clones a machine, switched off. A full clone's disks are copied: it shares no block with anybody, and each is charged to it.
 * A linked clone's are empty files above those of a snapshot; between the two are clones that share what is only read.
 */
export function cloneMachine(
  tx: Draft,
  by: Doer,
  source: MachineRecord,
  plan: ClonePlan,
  spec: vim.VirtualMachineCloneSpec,
): MachineRecord {
  announce(tx, by, source, plan);
  const { from } = plan;
  const added = addMachine(tx, {
    name: plan.name,
    folder: plan.folder,
    pool: plan.pool,
    host: plan.host.id,
    datastore: plan.datastore.id,
    base: from.base,
    devices: plan.devices,
    extraConfig: from.extraConfig,
    guest: source.guest,
    source: source.id,
    made: spec.location.diskMoveType === "createNewChildDiskBacking" ? "linkedClone" : "clone",
  });
  const cloned = replaceMachine(tx, added, withoutMissing({ ...added, ...cloneDisks(tx, added, plan) }));
  requirePorts(tx, cloned);
  const configured = spec.config ? applyConfig(tx, cloned, spec.config, "spec.config") : cloned;
  if (source.template) post(tx, by, "VmDeployedEvent", { vm: configured, more: { srcTemplate: vmArgument(source) } });
  else post(tx, by, "VmClonedEvent", { vm: configured, more: { sourceVm: vmArgument(source) } });
  return spec.powerOn && !configured.template ? powerOn(tx, by, configured) : configured;
}

/** The disks of a clone, each made as its target says: copied, or based on the source's files. */
function cloneDisks(tx: Draft, clone: MachineRecord, plan: ClonePlan): Pick<MachineRecord, "disks" | "deltas"> {
  const files = new DiskFiles(tx, clone);
  const disks = plan.from.disks.flatMap((disk) => {
    const target = plan.disks.get(disk.key);
    return target ? moveDisk(tx, files, clone.id, [disk], target, true).map(({ after }) => after) : [];
  });
  for (const store of new Set(disks.map(({ layer }) => layer.datastore))) requireRoom(tx, store);
  return { disks, deltas: files.deltas };
}

const vmArgument = (machine: MachineRecord) => ({
  _typeName: "VmEventArgument",
  name: machine.name,
  vm: refOf(machine),
});

function announce(tx: Draft, by: Doer, source: MachineRecord, plan: ClonePlan): void {
  const folder = record(tx, "Folder", plan.folder);
  const more = {
    destFolder: { _typeName: "FolderEventArgument", name: folder.name, folder: refOf(folder) },
    destName: plan.name,
    destHost: { _typeName: "HostEventArgument", name: plan.host.name, host: refOf(plan.host) },
  };
  if (!source.template) post(tx, by, "VmBeingClonedEvent", { vm: source, more });
}
