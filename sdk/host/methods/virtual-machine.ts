import type { Ref } from "../../vim/index.ts";
import type { Call, Handlers } from "../call.ts";
import { exportMachine } from "../export/export-machine.ts";
import { requireNoLease } from "../export/leases.ts";
import { resolveKind } from "../inventory/lookup.ts";
import { cloneMachine } from "../machine/clone.ts";
import { planClone } from "../machine/clone-spec.ts";
import { consolidate, noteUnmerged } from "../machine/consolidate.ts";
import type { Doer } from "../machine/create.ts";
import { checkInstantClone, instantClone } from "../machine/instant-clone.ts";
import { machineOf } from "../machine/lookup.ts";
import {
  copyPhases,
  forkPhases,
  migratePhases,
  phase,
  promotePhases,
  relocatePhases,
  suspendPhases,
} from "../machine/phases.ts";
import * as power from "../machine/power.ts";
import { promoteDisks, requirePromotable } from "../machine/promote.ts";
import { answer } from "../machine/question.ts";
import { privilegesFor, reconfigure } from "../machine/reconfigure.ts";
import { unregister } from "../machine/register.ts";
import { relocate } from "../machine/relocate.ts";
import { planMigration, planRelocation } from "../machine/relocate-spec.ts";
import { createSnapshot, currentSnapshot } from "../machine/snapshot.ts";
import { removeAllSnapshots } from "../machine/snapshot-remove.ts";
import { revertTo } from "../machine/snapshot-revert.ts";
import { markAsMachine, markAsTemplate } from "../machine/template.ts";
import { plannedUpgrade, upgradeHardware } from "../machine/upgrade.ts";
import type { Draft } from "../state/draft.ts";
import { newChain } from "../state/event.ts";
import { numberIn, refOf } from "../state/id.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import type { View } from "../state/view.ts";
import { requireIdle } from "../task/locks.ts";
import { operation } from "../task/operation.ts";

/** Runs a method that is no task: one transaction, refused while a task is busy with the machine. */
function atOnce<T>(
  { core, self, id, session }: Call<"VirtualMachine">,
  work: (tx: Draft, machine: MachineRecord, by: Doer) => T,
): T {
  requireIdle(core.universe.state, id);
  requireNoLease(core, id);
  return core.universe.transact((tx) =>
    work(tx, machineOf(tx, { self, id }), { user: session?.userName ?? "", chain: newChain(tx) }),
  );
}

/** The objects that a new machine takes room of, those named or those of its source; what is not there is the operation's to say. */
function placesOf(
  view: View,
  id: number,
  named: { readonly [P in "folder" | "datastore" | "pool"]?: Ref | undefined },
): (readonly [entity: number, privilege: string])[] {
  const source = view.object(id);
  const own = source?.kind === "VirtualMachine" ? source : { parent: 0, datastore: 0, pool: 0 };
  const number = (ref: Ref | undefined, otherwise: number) => (ref ? numberIn(ref.value) : otherwise);
  const places: [number, string][] = [
    [number(named.folder, own.parent), "VirtualMachine.Inventory.CreateFromExisting"],
    [number(named.datastore, own.datastore), "Datastore.AllocateSpace"],
    [number(named.pool, own.pool), "Resource.AssignVMToPool"],
  ];
  return places.filter(([entity]) => view.object(entity) !== undefined);
}

function isOn(view: View, id: number): boolean {
  const machine = view.object(id);
  return machine?.kind === "VirtualMachine" && machine.power === "poweredOn";
}

export const virtualMachine: Handlers<"VirtualMachine"> = {
  InstantClone_Task: operation("VirtualMachine", "InstantClone_Task", {
    // Several may be started together; the part that excludes others on one source is what they wait for.
    lock: "queued",
    cancelable: true,
    requires: (view, { id, args }) => [
      [id, "VirtualMachine.Interact.PowerOn"],
      ...placesOf(view, id, args.spec.location),
    ],
    phases: (view, job) => forkPhases(machineOf(view, job)),
    begin(view, job) {
      checkInstantClone(view, machineOf(view, job), job.args.spec);
    },
    finish: (tx, job) => refOf(instantClone(tx, job, machineOf(tx, job), job.args.spec)),
  }),

  CloneVM_Task: operation("VirtualMachine", "CloneVM_Task", {
    cancelable: true,
    requires(view, { id, args }) {
      const source = view.object(id);
      const template = source?.kind === "VirtualMachine" && source.template;
      const { location } = args.spec;
      const clone = template ? (args.spec.template ? "CloneTemplate" : "DeployTemplate") : "Clone";
      return [
        [id, `VirtualMachine.Provisioning.${clone}`],
        ...placesOf(view, id, { ...location, folder: args.folder }),
      ];
    },
    phases(view, job) {
      const linked = job.args.spec.location.diskMoveType === "createNewChildDiskBacking";
      return linked ? [phase("clone.linked")] : copyPhases(view, machineOf(view, job));
    },
    begin(view, job) {
      planClone(view, machineOf(view, job), job.args);
    },
    finish(tx, job) {
      const source = machineOf(tx, job);
      return refOf(cloneMachine(tx, job, source, planClone(tx, source, job.args), job.args.spec));
    },
  }),

  MigrateVM_Task: operation("VirtualMachine", "MigrateVM_Task", {
    lock: "exclusive",
    cancelable: true,
    requires: (view, { id }) => [[id, isOn(view, id) ? "Resource.HotMigrate" : "Resource.ColdMigrate"]],
    phases: (view, job) => migratePhases(view, machineOf(view, job)),
    begin: (view, job) => void planMigration(view, machineOf(view, job), job.args),
    finish(tx, job) {
      const machine = machineOf(tx, job);
      relocate(tx, job, machine, planMigration(tx, machine, job.args));
    },
  }),

  RelocateVM_Task: operation("VirtualMachine", "RelocateVM_Task", {
    lock: "exclusive",
    cancelable: true,
    requires(view, { id, args: { spec } }) {
      const places: [number, string][] = [];
      if (isOn(view, id)) places.push([id, "Resource.HotMigrate"]);
      if (spec.pool) places.push([numberIn(spec.pool.value), "Resource.AssignVMToPool"]);
      for (const datastore of [spec.datastore, ...(spec.disk ?? []).map((disk) => disk.datastore)])
        if (datastore) places.push([numberIn(datastore.value), "Datastore.AllocateSpace"]);
      return places.filter(([entity]) => view.object(entity) !== undefined);
    },
    phases: (view, job) => relocatePhases(view, machineOf(view, job)),
    begin: (view, job) => void planRelocation(view, machineOf(view, job), job.args.spec),
    finish(tx, job) {
      const machine = machineOf(tx, job);
      relocate(tx, job, machine, planRelocation(tx, machine, job.args.spec));
    },
  }),

  PowerOnVM_Task: operation("VirtualMachine", "PowerOnVM_Task", {
    lock: "exclusive",
    phases: () => [phase("power.on")],
    begin: (view, job) => power.requirePowerOn(machineOf(view, job)),
    finish(tx, job) {
      const host = job.args.host && resolveKind(tx, "HostSystem", job.args.host).id;
      power.powerOn(tx, job, machineOf(tx, job), { host });
    },
  }),

  PowerOffVM_Task: operation("VirtualMachine", "PowerOffVM_Task", {
    lock: "exclusive",
    phases: () => [phase("power.off")],
    begin: (view, job) => power.requirePowerOff(machineOf(view, job)),
    finish: (tx, job) => void power.powerOff(tx, job, machineOf(tx, job)),
  }),

  SuspendVM_Task: operation("VirtualMachine", "SuspendVM_Task", {
    lock: "exclusive",
    phases: (view, job) => suspendPhases(machineOf(view, job)),
    begin: (view, job) => power.requireRunning(machineOf(view, job), "suspended"),
    finish: (tx, job) => void power.suspend(tx, job, machineOf(tx, job)),
  }),

  ResetVM_Task: operation("VirtualMachine", "ResetVM_Task", {
    lock: "exclusive",
    phases: () => [phase("power.off"), phase("power.on")],
    begin: (view, job) => power.requireRunning(machineOf(view, job), "poweredOn"),
    finish: (tx, job) => void power.reset(tx, job, machineOf(tx, job)),
  }),

  ShutdownGuest: (call) => atOnce(call, (tx, machine, by) => power.shutdownGuest(tx, by, machine)),
  RebootGuest: (call) => atOnce(call, (tx, machine, by) => power.rebootGuest(tx, by, machine)),
  StandbyGuest: (call) => atOnce(call, (tx, machine, by) => power.standbyGuest(tx, by, machine)),

  ReconfigVM_Task: operation("VirtualMachine", "ReconfigVM_Task", {
    lock: "exclusive",
    requires: (_view, { id, args }) => privilegesFor(args.spec).map((privilege) => [id, privilege] as const),
    phases: () => [phase("vm.reconfigure")],
    finish: (tx, job) => void reconfigure(tx, job, machineOf(tx, job), job.args.spec),
  }),

  AnswerVM: (call, { questionId, answerChoice }) =>
    call.core.universe.transact((tx) =>
      answer(
        tx,
        { user: call.session?.userName ?? "", chain: newChain(tx) },
        machineOf(tx, call),
        questionId,
        answerChoice,
      ),
    ),

  /** Sizes are worked out when they are read: there is nothing to refresh. */
  UpgradeVM_Task: operation("VirtualMachine", "UpgradeVM_Task", {
    lock: "exclusive",
    requires: (_view, { id }) => [[id, "VirtualMachine.Config.UpgradeVirtualHardware"]],
    phases: () => [phase("vm.reconfigure")],
    begin: (view, job) => void plannedUpgrade(machineOf(view, job), job.args.version),
    finish: (tx, job) => upgradeHardware(tx, machineOf(tx, job), job.args.version),
  }),

  RefreshStorageInfo() {},

  MarkAsTemplate: (call) => atOnce(call, (tx, machine) => void markAsTemplate(tx, machine)),
  MarkAsVirtualMachine: (call, { pool, host }) =>
    atOnce(call, (tx, machine) => {
      const on = host && resolveKind(tx, "HostSystem", host).id;
      markAsMachine(tx, machine, resolveKind(tx, "ResourcePool", pool).id, on);
    }),
  ExportVm(call) {
    const machine = machineOf(call.core.universe.view, call);
    return exportMachine(call, machine, machine, "VirtualMachine.exportVm");
  },
  UnregisterVM: (call) => atOnce(call, (tx, machine, by) => unregister(tx, by, machine)),

  CreateSnapshot_Task: operation("VirtualMachine", "CreateSnapshot_Task", {
    lock: "exclusive",
    phases: () => [phase("snapshot.create")],
    finish(tx, job) {
      const { name, description = "", memory, quiesce } = job.args;
      return refOf(createSnapshot(tx, machineOf(tx, job), { name, description, memory, quiesce }));
    },
  }),

  CreateSnapshotEx_Task: operation("VirtualMachine", "CreateSnapshotEx_Task", {
    lock: "exclusive",
    phases: () => [phase("snapshot.create")],
    finish(tx, job) {
      const { name, description = "", memory, quiesceSpec } = job.args;
      const quiesce = quiesceSpec !== undefined;
      return refOf(createSnapshot(tx, machineOf(tx, job), { name, description, memory, quiesce }));
    },
  }),

  RevertToCurrentSnapshot_Task: operation("VirtualMachine", "RevertToCurrentSnapshot_Task", {
    lock: "exclusive",
    phases: () => [phase("snapshot.create")],
    begin: (view, job) => void currentSnapshot(view, machineOf(view, job)),
    finish(tx, job) {
      const machine = machineOf(tx, job);
      revertTo(tx, job, machine, currentSnapshot(tx, machine), job.args);
    },
  }),

  RemoveAllSnapshots_Task: operation("VirtualMachine", "RemoveAllSnapshots_Task", {
    lock: "exclusive",
    phases: () => [phase("snapshot.create")],
    finish(tx, job) {
      const left = removeAllSnapshots(tx, machineOf(tx, job), job.args.spec?.retentionDays);
      if (job.args.consolidate === false) noteUnmerged(tx, left);
      else consolidate(tx, left);
    },
  }),

  PromoteDisks_Task: operation("VirtualMachine", "PromoteDisks_Task", {
    lock: "exclusive",
    cancelable: true,
    phases: (view, job) => (job.args.unlink ? promotePhases(view, machineOf(view, job)) : [phase("snapshot.create")]),
    begin: (view, job) => requirePromotable(machineOf(view, job), job.args.disks),
    finish: (tx, job) => void promoteDisks(tx, machineOf(tx, job), job.args.unlink, job.args.disks),
  }),

  ConsolidateVMDisks_Task: operation("VirtualMachine", "ConsolidateVMDisks_Task", {
    lock: "exclusive",
    phases: () => [phase("snapshot.create")],
    finish: (tx, job) => void consolidate(tx, machineOf(tx, job)),
  }),
};
