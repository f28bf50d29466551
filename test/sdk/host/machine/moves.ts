import { deviceOf, devicesOf, isDisk } from "../../../../sdk/host/machine/devices.ts";
import { freeze } from "../../../../sdk/host/machine/power.ts";
import type { DiskLayer, MachineRecord } from "../../../../sdk/host/state/machine-record.ts";
import type { State } from "../../../../sdk/host/state/state.ts";
import { chainOf } from "../../../../sdk/host/storage/layers.ts";
import { formatPath } from "../../../../sdk/host/storage/path.ts";
import type { Ref, vim } from "../../../../sdk/vim/index.ts";
import {
  copied,
  emptySpace,
  forked,
  type Model,
  type ModelDisk,
  type ModelMachine,
  type ModelSnapshot,
  type Space,
} from "./model.ts";
import { accountOf, type Move as DiskMove, moved, ownerOf, recharge, snapshotsIn } from "./moving.ts";
import type { Vcenter } from "./vcenter.ts";

const page = 4096;

/** What a move is made with: the choices, and how things stand before it. */
export interface Turn {
  readonly vc: Vcenter;
  readonly model: Model;
  readonly who: string;
  readonly machine: ModelMachine;
  readonly before: MachineRecord;
  /** All that there was before it. */
  readonly state: State;
  /** A name for a new machine. */
  readonly other: string;
  readonly n: number;
  readonly disk: ModelDisk | undefined;
  readonly snapshot: ModelSnapshot | undefined;
  /** A disk that no machine has: its file and its bytes. */
  readonly loose: readonly [file: string, space: Space] | undefined;
}

/** What is done to the vCenter, and, where it did it, to the model. */
interface Move {
  call(turn: Turn): unknown;
  follow(turn: Turn): void;
}

/** What pages written to a machine's memory are charged to. */
export function memoryAccount(vc: Vcenter, name: string): string {
  const { host, datastore, forked: isFork } = vc.machine(name);
  return `memory ${host} ${datastore} ${isFork}`;
}

/** Blocks of a thick file are charged to nobody, those of a thin one or a delta to its datastore. */
export function diskAccount(vc: Vcenter, name: string, n: number): string {
  const layer = vc.machine(name).disks[n]?.layer;
  return layer?.thick ? "none" : `disk ${layer?.datastore}`;
}

const fileOf = (vc: Vcenter, machine: MachineRecord, key: number): string => {
  const disk = machine.disks.find((one) => one.key === key);
  const layer = disk?.undo?.layer ?? disk?.layer;
  return formatPath(vc.state.objects.get(layer?.datastore ?? 0)?.name ?? "", layer?.path ?? "");
};

const power = (
  method: "PowerOnVM_Task" | "PowerOffVM_Task" | "SuspendVM_Task" | "ResetVM_Task",
  follow: Move["follow"],
): Move => ({
  call: ({ vc, who }) => vc.vm(who, method, {}),
  follow,
});

/** What was written to disks that keep nothing goes. */
const discard = (disks: readonly ModelDisk[]): ModelDisk[] =>
  disks.map(({ undo, space, ...disk }) => ({ ...disk, space: undo ?? space }));

/** Disks that keep nothing are written beside what they go back to. */
const redo = ({ vc, who }: Turn, disks: readonly ModelDisk[]): ModelDisk[] =>
  disks.map((disk, i) =>
    disk.undo || !disk.mode?.endsWith("nonpersistent")
      ? disk
      : { ...disk, undo: disk.space, space: forked(disk.space, diskAccount(vc, who, i)) },
  );

const started = (turn: Turn) =>
  Object.assign(turn.machine, {
    disks: redo(turn, discard(turn.machine.disks)),
    ...startedMemory(turn),
  });

const startedMemory = ({ vc, who }: Turn) =>
  ({ power: "poweredOn", frozen: false, memory: emptySpace(memoryAccount(vc, who)) }) as const;

const location = ({ vc, n }: Turn) =>
  n % 3 === 0 ? { datastore: vc.ref("Datastore", n % 2 === 0 ? "D1" : "D2") } : {};

const moveTypes = [
  "moveAllDiskBackingsAndAllowSharing",
  "moveAllDiskBackingsAndDisallowSharing",
  "moveChildMostDiskBacking",
  "createNewChildDiskBacking",
  "moveAllDiskBackingsAndConsolidate",
] as const;

/** A way to move disks; in one of four the disk that was chosen goes another way than the others. */
const ways = ({ vc, n, disk }: Turn) => {
  const datastore = vc.ref("Datastore", n % 3 === 0 ? "D1" : "D2");
  const one = { diskMoveType: moveTypes[n % 5] ?? "" };
  if (!disk || n % 4 !== 0) return one;
  const backing = { _typeName: "VirtualDiskFlatVer2BackingInfo", fileName: "", diskMode: "persistent" };
  const diskBackingInfo = n % 8 === 0 ? { diskBackingInfo: { ...backing, thinProvisioned: n % 16 === 0 } } : {};
  return { ...one, disk: [{ diskId: disk.key, datastore, diskMoveType: moveTypes[n % 3] ?? "", ...diskBackingInfo }] };
};

const elsewhere = ({ vc, n }: Turn) => (n % 2 === 0 ? { host: vc.ref("HostSystem", n % 4 === 0 ? "H1" : "H2") } : {});

function followDisk(model: Model, state: State, moves: readonly { move: DiskMove; of: { space: Space } }[]): void {
  const made = moved(
    model,
    state,
    moves.map(({ move }) => move),
  );
  for (const { move, of } of moves) of.space = made.get(move) ?? of.space;
}

/** Disks that stood on others' files are copied, of the rest files are merged. */
function followPromotion(turn: Turn): void {
  const { n, before, state, disk } = turn;
  const linked = (key: number): boolean => {
    const layer = before.disks.find((one) => one.key === key)?.layer;
    return layer !== undefined && [...chainOf(layer)].some((at) => ownerOf(state, at) !== before.id);
  };
  const copies = (key: number) => n % 3 !== 0 && (n % 2 === 0 || !disk || key === disk.key) && linked(key);
  followMove(turn, copies);
  followMerge(turn, (key) => !copies(key));
}

/** A machine after it has gone elsewhere: its memory on another host is its own, its disks are what their files are. */
function followMove(
  { vc, model, who, machine, before, state }: Turn,
  only: (key: number) => boolean = () => true,
): void {
  const after = vc.machine(who);
  const moves: { move: DiskMove; of: { space: Space } }[] = [];
  const note = (was: MachineRecord, is: MachineRecord, disks: readonly ModelDisk[]) => {
    was.disks.forEach((disk, i) => {
      const [now, of] = [is.disks[i], disks[i]];
      if (now && of) moves.push({ move: { before: disk, after: now, space: of.space }, of });
    });
  };
  note(before, after, machine.disks);
  for (const { id, machine: was } of snapshotsIn(state, before.id)) {
    const is = vc.state.objects.get(id);
    const known = model.snapshots.find((one) => one.id === id);
    if (is?.kind === "VirtualMachineSnapshot" && known) note(was, is.machine, known.was.disks);
  }
  for (const { key } of before.disks)
    if (only(key))
      followDisk(
        model,
        state,
        moves.filter(({ move }) => move.before.key === key),
      );
  if (machine.power !== "poweredOn" || !machine.memory) return;
  const account = memoryAccount(vc, who);
  if (after.host !== before.host) machine.memory = copied(machine.memory, account);
  else if (after.datastore !== before.datastore) {
    recharge(model, machine.memory, account);
    machine.memory = { ...machine.memory, account };
  }
}

const cloning = (more: (turn: Turn) => object) => (turn: Turn) =>
  turn.vc.vm(turn.who, "CloneVM_Task", {
    folder: turn.vc.ref("Folder", "vm"),
    name: turn.other,
    spec: { location: location(turn), template: false, powerOn: false, ...more(turn) },
  });

function add(
  { vc, model, other }: Turn,
  from: ModelMachine,
  make: (space: Space, account: string) => Space,
  memory?: Space,
): void {
  const disks = from.disks.map(({ key, space, mode }, i) => ({
    key,
    mode,
    space: make(space, diskAccount(vc, other, i)),
  }));
  model.machines.set(other, { power: memory ? "poweredOn" : "poweredOff", frozen: false, memory, disks });
}

/** A clone whose disks are what their files are. */
function addMoved({ vc, model, other, state }: Turn, from: MachineRecord, known: ModelMachine): void {
  const clone = vc.machine(other);
  const disks = known.disks.map(({ key, space, mode }, i) => {
    const [before, after] = [from.disks[i], clone.disks[i]];
    if (!before || !after) throw new Error("A disk is missing.");
    const move = { before, after, space };
    return { key, mode, space: moved(model, state, [move]).get(move) ?? space };
  });
  model.machines.set(other, { power: "poweredOff", frozen: false, memory: undefined, disks });
}

/** Where a delta went into a file that is charged to something else, so is what only this disk has of it. */
function followMerge({ vc, model, who, before, machine }: Turn, only: (key: number) => boolean = () => true): void {
  vc.machine(who).disks.forEach(({ layer }, i) => {
    const was = before.disks[i]?.layer;
    const disk = machine.disks[i];
    if (was && disk && only(disk.key) && accountOf(was) !== accountOf(layer))
      recharge(model, disk.space, accountOf(layer));
  });
}

const memoryOf = ({ memory }: ModelMachine): Space => memory ?? emptySpace("none");

/** Memory as a snapshot has it: shared with that, on the host where it was taken; a file is charged to nobody. */
function restored({ vc, who, state, snapshot }: Turn, memory: Space): Space {
  const record = state.objects.get(snapshot?.id ?? 0);
  const host = record?.kind === "VirtualMachineSnapshot" ? record.machine.host : 0;
  if (snapshot?.was.power === "suspended") return forked(memory, "none");
  const account = memoryAccount(vc, who);
  return vc.machine(who).host === host ? forked(memory, account) : copied(memory, account);
}

const modeFor = ({ n }: Turn): string =>
  ["independent_nonpersistent", "independent_persistent", "nonpersistent"][n % 9] ?? "persistent";

const isIndependent = (was: MachineRecord, key: number): boolean => {
  const backing = deviceOf(was, key)?.backing;
  return backing !== undefined && "diskMode" in backing && backing.diskMode !== "persistent";
};

/** Whether two states of a machine have the same disk under a key, and not another that came in its place. */
function sameDisk(was: MachineRecord, now: MachineRecord, key: number): boolean {
  const [one, other] = [was, now].map(({ disks }) => disks.find((disk) => disk.key === key)?.layer);
  if (!one || !other) return false;
  const bottom = (layer: DiskLayer) => [...chainOf(layer)].at(-1);
  return bottom(one)?.path === bottom(other)?.path && bottom(one)?.datastore === bottom(other)?.datastore;
}

const snapshotRef = ({ snapshot }: Turn): Ref<"VirtualMachineSnapshot"> => ({
  type: "VirtualMachineSnapshot",
  value: `snapshot-${snapshot?.id ?? 0}`,
});

const forget = ({ vc, model }: Turn) => {
  model.snapshots = model.snapshots.filter(({ id }) => vc.state.objects.has(id));
};

const forgetAndMerge = (turn: Turn) => {
  forget(turn);
  followMerge(turn);
};

function changeDevice(
  { vc, who }: Turn,
  change: Omit<vim.VirtualDeviceConfigSpec, "device" | "_typeName">,
  disk: object,
  backing: object,
): unknown {
  const device: vim.VirtualDisk = {
    _typeName: "VirtualDisk",
    key: -1,
    controllerKey: 1000,
    capacityInKB: 1024,
    backing: { _typeName: "VirtualDiskFlatVer2BackingInfo", fileName: "", diskMode: "persistent", ...backing },
    ...disk,
  };
  return vc.vm(who, "ReconfigVM_Task", { spec: { deviceChange: [{ ...change, device }] } });
}

const lastKey = ({ vc, who }: Turn): number => vc.machine(who).disks.at(-1)?.key ?? 0;

export const moves = {
  fork: {
    call: (turn) => turn.vc.vm(turn.who, "InstantClone_Task", { spec: { name: turn.other, location: location(turn) } }),
    follow: (turn) => {
      const { memory } = turn.machine;
      add(turn, turn.machine, forked, memory && forked(memory, memoryAccount(turn.vc, turn.other)));
    },
  },
  clone: {
    call: cloning((turn) => ({ location: { ...location(turn), ...ways(turn) } })),
    follow: (turn) => addMoved(turn, turn.before, turn.machine),
  },
  linked: {
    call: cloning((turn) => ({
      location: { ...location(turn), diskMoveType: moveTypes[turn.n % 4 === 0 ? turn.n % 5 : 3] },
      snapshot: snapshotRef(turn),
    })),
    follow(turn) {
      const record = turn.state.objects.get(turn.snapshot?.id ?? 0);
      if (turn.snapshot && record?.kind === "VirtualMachineSnapshot") addMoved(turn, record.machine, turn.snapshot.was);
    },
  },
  migrate: {
    call: ({ vc, who, n }) =>
      vc.vm(who, "MigrateVM_Task", {
        host: vc.ref("HostSystem", n % 2 === 0 ? "H1" : "H2"),
        priority: "defaultPriority",
      }),
    follow: (turn) => followMove(turn),
  },
  relocate: {
    call: (turn) =>
      turn.vc.call(turn.vc.ref("VirtualMachine", turn.who), "RelocateVM_Task", {
        spec: Object.assign({}, location(turn), ways(turn), elsewhere(turn)),
      }),
    follow: (turn) => followMove(turn),
  },
  destroy: {
    call: ({ vc, who }) => vc.vm(who, "Destroy_Task", {}),
    follow: (turn) => {
      turn.model.machines.delete(turn.who);
      forget(turn);
    },
  },
  /** Out of the inventory and back: nothing is lost. */
  register: {
    call({ vc, who, before }) {
      const path = formatPath(
        vc.state.objects.get(before.datastore)?.name ?? "",
        `${before.directory}/${before.directory}.vmx`,
      );
      const host = { type: "HostSystem", value: `host-${before.host}` } as const;
      vc.vm(who, "UnregisterVM", {});
      vc.call(vc.ref("Folder", "vm"), "RegisterVM_Task", {
        path,
        asTemplate: false,
        pool: vc.ref("ResourcePool", "Resources"),
        host,
      });
    },
    follow: () => {},
  },
  memory: {
    call: ({ vc, who, n }) => vc.write(who, undefined, (n % 8) * page, new Uint8Array(page).fill(n % 5)),
    follow: ({ model, machine, n }) => machine.memory && model.write(machine.memory, n % 8, n % 5),
  },
  disk: {
    call: ({ vc, who, n, disk }) => vc.write(who, disk?.key ?? 0, (n % 8) * page, new Uint8Array(page).fill(n % 5)),
    follow({ vc, model, who, machine, n, disk }) {
      if (!disk) return;
      disk.space = { ...disk.space, account: diskAccount(vc, who, machine.disks.indexOf(disk)) };
      model.write(disk.space, n % 8, n % 5);
    },
  },
  addDisk: {
    call: (turn) =>
      changeDevice(
        turn,
        { operation: "add", fileOperation: "create" },
        {},
        { thinProvisioned: turn.n % 4 !== 0, diskMode: modeFor(turn) },
      ),
    follow: (turn) => {
      const { vc, who, machine } = turn;
      const mode = modeFor(turn);
      const disk = { key: lastKey(turn), space: emptySpace("none"), mode: mode === "persistent" ? undefined : mode };
      const layer = vc.machine(who).disks.at(-1)?.layer;
      disk.space = emptySpace(accountOf(layer?.parent ?? layer));
      machine.disks.push(disk);
      if (machine.power === "poweredOn") machine.disks = redo(turn, machine.disks);
    },
  },
  destroyDisk: {
    call: (turn) => changeDevice(turn, { operation: "remove", fileOperation: "destroy" }, { key: turn.disk?.key }, {}),
    follow: ({ machine, disk }) => {
      machine.disks = machine.disks.filter((one) => one !== disk);
    },
  },
  detachDisk: {
    call: (turn) => changeDevice(turn, { operation: "remove" }, { key: turn.disk?.key }, {}),
    follow({ vc, model, machine, before, disk }) {
      machine.disks = machine.disks.filter((one) => one !== disk);
      if (disk) model.loose.set(fileOf(vc, before, disk.key), disk.undo ?? disk.space);
    },
  },
  attachDisk: {
    call: (turn) => changeDevice(turn, { operation: "add" }, {}, { fileName: turn.loose?.[0] ?? "[D1] none" }),
    follow(turn) {
      if (!turn.loose) return;
      turn.model.loose.delete(turn.loose[0]);
      turn.machine.disks.push({ key: lastKey(turn), space: turn.loose[1] });
    },
  },
  notes: {
    call: ({ vc, who, n }) =>
      vc.vm(who, "ReconfigVM_Task", { spec: { annotation: `n${n}`, extraConfig: [{ key: "k", value: n }] } }),
    follow: () => {},
  },
  on: power("PowerOnVM_Task", (turn) => {
    const { vc, who, machine } = turn;
    if (machine.power !== "suspended") started(turn);
    else Object.assign(machine, { power: "poweredOn", memory: copied(memoryOf(machine), memoryAccount(vc, who)) });
  }),
  off: power("PowerOffVM_Task", ({ machine }) => {
    const disks = discard(machine.disks);
    Object.assign(machine, { power: "poweredOff", frozen: false, memory: undefined, disks });
  }),
  suspend: power("SuspendVM_Task", ({ machine }) => {
    Object.assign(machine, { power: "suspended", memory: copied(memoryOf(machine), "none") });
  }),
  reset: power("ResetVM_Task", started),
  freeze: {
    call: ({ vc, who }) => vc.host.universe.transact((tx) => freeze(tx, vc.machine(who))),
    follow: ({ machine }) => {
      machine.frozen = true;
    },
  },
  snapshot: {
    call: ({ vc, who, n }) => vc.vm(who, "CreateSnapshot_Task", { name: `s${n}`, memory: n % 2 === 0, quiesce: false }),
    follow({ vc, model, who, machine, n }) {
      const keeps = machine.power === "suspended" || (machine.power === "poweredOn" && n % 2 === 0);
      const memory = keeps && machine.memory ? forked(machine.memory, machine.memory.account) : undefined;
      const kept = machine.disks.filter(({ mode }) => mode === undefined);
      const disks = kept.map(({ key, space }) => ({ key, space: forked(space, space.account) }));
      const id = vc.machine(who).snapshots?.current ?? 0;
      model.snapshots.push({ id, of: who, was: { ...machine, memory, disks } });
    },
  },
  revert: {
    call: (turn) => turn.vc.call(snapshotRef(turn), "RevertToSnapshot_Task", {}),
    follow(turn) {
      const { vc, model, who, machine, before, snapshot } = turn;
      if (!snapshot) return;
      const { memory, frozen, disks } = snapshot.was;
      const record = turn.state.objects.get(snapshot.id);
      const was = record?.kind === "VirtualMachineSnapshot" ? record.machine : before;
      const independent = discard(machine.disks).filter(
        ({ key, mode }) => mode !== undefined && isIndependent(was, key),
      );
      for (const one of discard(machine.disks))
        if (!independent.some(({ key }) => key === one.key) && !sameDisk(was, before, one.key))
          model.loose.set(fileOf(vc, before, one.key), one.space);
      Object.assign(machine, {
        power: memory ? snapshot.was.power : "poweredOff",
        frozen: snapshot.was.power === "poweredOn" && memory !== undefined && frozen,
        memory: memory && restored(turn, memory),
        disks: [
          ...disks.map(({ key, space }, i) => ({ key, space: forked(space, diskAccount(vc, who, i)) })),
          ...independent,
        ],
      });
      if (machine.power === "poweredOn") machine.disks = redo(turn, machine.disks);
    },
  },
  remove: {
    call: (turn) =>
      turn.vc.call(snapshotRef(turn), "RemoveSnapshot_Task", {
        removeChildren: turn.n % 2 === 0,
        consolidate: turn.n % 3 !== 0,
      }),
    follow: forgetAndMerge,
  },
  removeAll: { call: ({ vc, who }) => vc.vm(who, "RemoveAllSnapshots_Task", {}), follow: forgetAndMerge },
  promote: {
    call: ({ vc, who, n, disk }) =>
      vc.vm(who, "PromoteDisks_Task", {
        unlink: n % 3 !== 0,
        disks: devicesOf(vc.machine(who))
          .filter((device) => isDisk(device) && (n % 2 === 0 || device.key === disk?.key))
          .filter(isDisk),
      }),
    follow: followPromotion,
  },
  consolidate: {
    call: ({ vc, who }) => vc.vm(who, "ConsolidateVMDisks_Task", {}),
    follow: (turn) => followMerge(turn),
  },
} as const satisfies Record<string, Move>;

export type MoveName = keyof typeof moves;
