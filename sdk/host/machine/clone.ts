import type { vim } from "../../vim/index.ts";
import type { Draft } from "../state/draft.ts";
import { post } from "../state/event.ts";
import { refOf } from "../state/id.ts";
import type { MachineDisk, MachineRecord } from "../state/machine-record.ts";
import { record } from "../state/view.ts";
import { diskAccount } from "../storage/accounts.ts";
import { fileMade } from "../storage/directory.ts";
import { fileSizes, layerBytes } from "../storage/files.ts";
import { baseLayer, deltaOn, refer } from "../storage/layers.ts";
import { requireSpace, takeSpace } from "../storage/space.ts";
import { addMachine } from "./add.ts";
import type { ClonedDisk, ClonePlan } from "./clone-spec.ts";
import { applyConfig } from "./config-apply.ts";
import type { Doer } from "./create.ts";
import { directoryOn } from "./directories.ts";
import { replaceMachine } from "./links.ts";
import { powerOn } from "./power.ts";

const pageBytes = 4096;

/**
 * Clones a machine, switched off. A full clone's disks are copied: it shares no block with anybody, and each is charged to it.
 * A linked clone's are empty files above those of a snapshot.
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
  });
  let disks: readonly MachineDisk[] = [];
  for (const wanted of plan.disks) disks = [...disks, cloneDisk(tx, { ...added, disks }, wanted)];
  const cloned = replaceMachine(tx, added, {
    ...added,
    disks,
    deltas: disks.some(({ layer }) => layer.parent) ? 1 : 0,
  });
  const configured = spec.config ? applyConfig(tx, cloned, spec.config, "spec.config") : cloned;
  if (source.template) post(tx, by, "VmDeployedEvent", { vm: configured, more: { srcTemplate: vmArgument(source) } });
  else post(tx, by, "VmClonedEvent", { vm: configured, more: { sourceVm: vmArgument(source) } });
  return spec.powerOn && !configured.template ? powerOn(tx, by, configured) : configured;
}

function cloneDisk(tx: Draft, clone: MachineRecord, { disk, datastore, linked, thin }: ClonedDisk): MachineDisk {
  const { id, disks } = clone;
  const store = datastore.id;
  const directory = directoryOn(tx, clone, store);
  const stem = `${directory}/${directory}${disks.length === 0 ? "" : `_${disks.length}`}`;
  if (linked) {
    refer(tx, disk.layer);
    const layer = deltaOn(disk.layer, store, `${stem}-000001.vmdk`);
    takeSpace(tx, store, fileSizes.descriptor, layer.path);
    fileMade(tx, store, layer.path);
    return { key: disk.key, space: tx.forkSpace(disk.space, id, diskAccount(tx, store)), layer };
  }
  const { size, mapped } = tx.pages.figures(disk.space);
  const layer = baseLayer(store, `${stem}.vmdk`, thin ? 0 : size);
  takeSpace(tx, store, layerBytes(layer), layer.path);
  fileMade(tx, store, layer.path);
  if (thin) requireSpace(tx, record(tx, "Datastore", store), mapped * pageBytes, layer.path);
  return { key: disk.key, space: tx.copySpace(disk.space, id, thin ? diskAccount(tx, store) : 0), layer };
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
