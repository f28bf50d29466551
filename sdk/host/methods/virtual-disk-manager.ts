import type { Ref, vim } from "../../vim/index.ts";
import { type Call, type Handlers, sessionOf } from "../call.ts";
import { announce } from "../datastore/announce.ts";
import { pairsOfUuid } from "../datastore/disk-identity.ts";
import * as work from "../datastore/disk-work.ts";
import { requireFree } from "../datastore/in-use.ts";
import { dropLoose } from "../datastore/loose.ts";
import { managing } from "../datastore/managing.ts";
import { moveFile } from "../datastore/move.ts";
import { type FilePlace, placeAt } from "../datastore/place.ts";
import { clearTarget } from "../datastore/target.ts";
import { geometryOf } from "../datastore/text/descriptor.ts";
import { addDisk, copyDisk, diskAt, looseAt, requireDiskName } from "../datastore/virtual-disk.ts";
import { phase } from "../machine/phases.ts";
import { requirePrivilege } from "../session/privileges.ts";
import type { Draft } from "../state/draft.ts";
import type { View } from "../state/view.ts";
import { type AnyOperation, type Job, operation } from "../task/operation.ts";

type Datacenter = Ref<"Datacenter">;
interface Named {
  readonly name: string;
  readonly datacenter?: Datacenter;
}
interface Both {
  readonly sourceName: string;
  readonly sourceDatacenter?: Datacenter;
  readonly destName: string;
  readonly destDatacenter?: Datacenter;
}

const at = (view: View, { name, datacenter }: Named): FilePlace => placeAt(view, name, datacenter);
const from = (view: View, args: Both) => placeAt(view, args.sourceName, args.sourceDatacenter);
const to = (view: View, args: Both) => placeAt(view, args.destName, args.destDatacenter ?? args.sourceDatacenter);
const both = (view: View, args: Both) => [
  ...managing(view, args.sourceName, args.sourceDatacenter),
  ...managing(view, args.destName, args.destDatacenter ?? args.sourceDatacenter),
];

/** What is done to one disk that nobody has. */
type OnOne =
  | "DeleteVirtualDisk_Task"
  | "InflateVirtualDisk_Task"
  | "EagerZeroVirtualDisk_Task"
  | "ZeroFillVirtualDisk_Task"
  | "ShrinkVirtualDisk_Task"
  | "DefragmentVirtualDisk_Task";

const onOne = (method: OnOne, change: (tx: Draft, place: FilePlace, job: Job) => void): AnyOperation =>
  operation("VirtualDiskManager", method, {
    requires: (view, { args }) => managing(view, args.name, args.datacenter),
    phases: () => [phase("file.change")],
    finish: (tx, job) => change(tx, at(tx, job.args), job),
  });

/** Reads of one disk by who may manage files there. */
function read<T>(call: Call, args: Named, answer: (view: View, place: FilePlace) => T): T {
  const { view } = call.core.universe;
  const place = at(view, args);
  requirePrivilege(view, sessionOf(call), place.store.id, "Datastore.FileManagement");
  return answer(view, place);
}

export const virtualDiskManager: Handlers<"VirtualDiskManager"> = {
  CreateVirtualDisk_Task: operation("VirtualDiskManager", "CreateVirtualDisk_Task", {
    requires: (view, { args }) => managing(view, args.name, args.datacenter),
    phases: () => [phase("file.change")],
    finish(tx, { args, ...by }) {
      const place = at(tx, args);
      const { spec } = args;
      requireDiskName(place, "name");
      const capacity = work.wantedCapacity(spec);
      const provisioning = work.provisioningOf(spec, "spec");
      const adapter = work.adapterOf(spec, "spec");
      clearTarget(tx, by, place, false);
      addDisk(tx, place, { capacity, provisioning, adapter });
      return place.text;
    },
  }),

  CopyVirtualDisk_Task: operation("VirtualDiskManager", "CopyVirtualDisk_Task", {
    cancelable: true,
    requires: (view, { args }) => both(view, args),
    phases: () => [phase("file.copy")],
    finish(tx, { args, ...by }) {
      const [source, target] = [from(tx, args), to(tx, args)];
      const file = diskAt(tx, source);
      requireDiskName(target, "destName");
      clearTarget(tx, by, target, args.force ?? false, source);
      copyDisk(tx, source, target, file, wanted(args.destSpec));
      announce(tx, by, "DatastoreFileCopiedEvent", target, source);
      return target.text;
    },
  }),

  MoveVirtualDisk_Task: operation("VirtualDiskManager", "MoveVirtualDisk_Task", {
    requires: (view, { args }) => both(view, args),
    phases: () => [phase("file.copy")],
    finish(tx, { args, ...by }) {
      const [source, target] = [from(tx, args), to(tx, args)];
      looseAt(tx, source);
      moveFile(tx, by, source, target, args.force ?? false);
      return target.text;
    },
  }),

  ExtendVirtualDisk_Task: operation("VirtualDiskManager", "ExtendVirtualDisk_Task", {
    requires: (view, { args }) => managing(view, args.name, args.datacenter),
    phases: () => [phase("file.change")],
    finish: (tx, { args }) =>
      work.extendDisk(tx, at(tx, args), Number(args.newCapacityKb) * 1024, args.eagerZero ?? false),
  }),

  DeleteVirtualDisk_Task: onOne("DeleteVirtualDisk_Task", (tx, place, by) => {
    const disk = looseAt(tx, place);
    requireFree(tx, place, diskAt(tx, place));
    dropLoose(tx, disk);
    announce(tx, by, "DatastoreFileDeletedEvent", place);
  }),
  InflateVirtualDisk_Task: onOne("InflateVirtualDisk_Task", work.inflateDisk),
  EagerZeroVirtualDisk_Task: onOne("EagerZeroVirtualDisk_Task", work.eagerZero),
  ZeroFillVirtualDisk_Task: onOne("ZeroFillVirtualDisk_Task", work.zeroFill),
  ShrinkVirtualDisk_Task: onOne("ShrinkVirtualDisk_Task", work.requireWorkable),
  DefragmentVirtualDisk_Task: onOne("DefragmentVirtualDisk_Task", work.requireWorkable),

  SetVirtualDiskUuid(call, args) {
    call.core.universe.transact((tx) => {
      const place = at(tx, args);
      requirePrivilege(tx, sessionOf(call), place.store.id, "Datastore.FileManagement");
      work.setUuid(tx, place, args.uuid);
    });
  },

  QueryVirtualDiskUuid: (call, args) =>
    read(call, args, (view, place) => pairsOfUuid(diskAt(view, place).disk.about.uuid)),

  QueryVirtualDiskGeometry: (call, args) =>
    read(call, args, (view, place) => geometryOf(diskAt(view, place).disk.about.bytes)),

  /** Blocks of a disk lie wherever the page store has put them: none is ever out of place. */
  QueryVirtualDiskFragmentation: (call, args) =>
    read(call, args, (view, place) => {
      diskAt(view, place);
      return 0;
    }),
};

const wanted = (spec: vim.VirtualDiskSpec | undefined) =>
  spec ? { provisioning: work.provisioningOf(spec, "destSpec"), adapter: work.adapterOf(spec, "destSpec") } : {};
