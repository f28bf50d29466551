import { deepEqual, equal, notEqual } from "node:assert/strict";
import type { InventoryDescription } from "../../../../sdk/host/inventory/description.ts";
import { devicesOf, isDisk } from "../../../../sdk/host/machine/devices.ts";
import type { Mark } from "../../../../sdk/host/mark.ts";
import { numberIn } from "../../../../sdk/host/state/id.ts";
import { formatPath } from "../../../../sdk/host/storage/path.ts";
import type { Ref } from "../../../../sdk/vim/index.ts";
import { expectConsistent } from "./invariants.ts";
import { emptySpace, Model, type Page, type Space } from "./model.ts";
import { diskAccount, type MoveName, memoryAccount, moves, type Turn } from "./moves.ts";
import { faultOf, Vcenter } from "./vcenter.ts";

const page = 4096;
const zeros = new Uint8Array(page);
const small = 1 / 1024;
const inventory: InventoryDescription = {
  datacenters: [
    {
      name: "DC",
      clusters: [{ name: "C", hosts: ["H1", "H2"].map((name) => ({ name, memoryGiB: 1024 })) }],
      datastores: [{ name: "D1" }, { name: "D2" }],
      machines: [
        {
          name: "golden",
          memoryGiB: 4 * small,
          disks: [{ sizeGiB: small, usedGiB: 16 / 2 ** 18 }],
          power: "frozen",
          guest: { hostName: "golden" },
        },
        {
          name: "web",
          memoryGiB: 4 * small,
          disks: [{ sizeGiB: small }, { sizeGiB: small }],
          power: "poweredOn",
          guest: { hostName: "web", ipAddress: "10.0.0.1" },
        },
      ],
    },
  ],
};

/** As many machines as a trial may have; more would only make it slow. */
const most = 8;

/** What may happen, the likelier the more often it is named. */
export const happenings = [
  ...(["fork", "fork", "fork", "clone", "linked", "linked", "destroy", "destroy", "register"] as const),
  ...([
    "memory",
    "memory",
    "disk",
    "disk",
    "disk",
    "addDisk",
    "destroyDisk",
    "detachDisk",
    "attachDisk",
    "attachDisk",
    "notes",
  ] as const),
  ...(["on", "on", "on", "off", "off", "suspend", "reset", "freeze"] as const),
  ...(["snapshot", "snapshot", "revert", "revert", "remove", "removeAll", "consolidate", "promote"] as const),
  ...(["migrate", "migrate", "relocate", "relocate", "relocate"] as const),
  ...(["mark", "restore", "twin"] as const),
];
export type Happening = (typeof happenings)[number];

const of = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)];

/** Does things to a vCenter and to the model. Where the vCenter refuses, the model stays as it is, and so must the vCenter. */
export class Trial {
  vc: Vcenter;
  model = new Model();
  readonly #marks: { mark: Mark; model: Model }[] = [];
  /** The bytes of pages made from a seed, by the number that stands for them. */
  readonly #made = new Map<number, Uint8Array>();
  #names = 0;

  /** With `slow`, tasks take their time: they are cancelled in any of their phases, and guests write meanwhile. */
  constructor({ slow = false } = {}) {
    this.vc = new Vcenter({ inventory, clock: slow ? "manual" : "instant" });
    for (const name of ["golden", "web"]) {
      const { power, frozen, memory, disks } = this.vc.machine(name);
      this.model.machines.set(name, {
        power,
        frozen,
        memory: this.#learn(memory, memoryAccount(this.vc, name)),
        disks: disks.map(({ key, space }, i) => ({ key, space: this.#learn(space, diskAccount(this.vc, name, i)) })),
      });
    }
  }

  close(): void {
    this.vc.close();
    for (const { mark } of this.#marks) mark.release();
  }

  #learn(space: number, account: string): Space {
    const learnt = emptySpace(account);
    for (let at = 0; at < this.vc.pages.figures(space).size / page; at++) {
      const bytes = this.vc.pages.read(space, at * page, page);
      if (Buffer.compare(bytes, zeros) === 0) continue;
      const value = -1 - this.#made.size;
      this.#made.set(value, bytes);
      learnt.pages.set(at, { value, account });
    }
    return learnt;
  }

  step(name: Happening, pick: number, n: number): void {
    if (name === "mark") this.#marks.push({ mark: this.vc.host.snapshot(), model: this.model.twin() });
    else if (name === "restore") this.#restore(n);
    else if (name === "twin") this.#goOnInTwin();
    else this.#move(name, pick, n);
  }

  #move(name: MoveName, pick: number, n: number): void {
    const { vc, model } = this;
    const names = [...model.machines.keys()];
    const who = of(names, pick) ?? "";
    const machine = model.machines.get(who);
    if (!machine || (names.length >= most && ["fork", "clone", "linked"].includes(name))) return;
    // Now and then a name that is taken.
    const other = n % 20 === 0 ? (of(names, n) ?? "") : `m${this.#names++}`;
    const snapshot = of(
      model.snapshots.filter((one) => one.of === who),
      n,
    );
    const before = vc.machine(who);
    const turn: Turn = {
      vc,
      model,
      who,
      machine,
      before,
      state: vc.state,
      other,
      n,
      snapshot,
      disk: of(machine.disks, n),
      loose: of([...model.loose], n),
    };
    const { state, pages } = vc;
    let figures = [pages.unique, pages.bytes];
    vc.meanwhile = (task) => {
      if (this.#pass(turn, task)) figures = [pages.unique, pages.bytes];
    };
    try {
      moves[name].call(turn);
    } catch (error) {
      const fault = faultOf(() => {
        throw error;
      });
      notEqual(fault._typeName, "SystemError", fault.message);
      equal(vc.state.objects, state.objects, "what failed has changed nothing");
      deepEqual([pages.unique, pages.bytes], figures, "what failed has taken no bytes");
      return;
    }
    moves[name].follow(turn);
    for (const [known, { disks }] of model.machines)
      disks.forEach((disk, i) => {
        disk.space = { ...disk.space, account: diskAccount(vc, known, i) };
      });
  }

  /** A task goes through its phases, in one of which it may be cancelled. True when the guest has written in the meantime. */
  #pass({ vc, model, who, machine, n }: Turn, ref: Ref<"Task">): boolean {
    let written = false;
    for (let phase = 0; ; phase++) {
      const task = vc.state.tasks.get(numberIn(ref.value));
      if (task?.state !== "running" || !task.work) return written;
      if (phase === n % 4 && n % 7 < 3 && task.cancelable) {
        vc.call(ref, "CancelTask");
        return written;
      }
      if (phase === 0 && n % 5 === 0 && machine.power === "poweredOn" && machine.memory) {
        vc.write(who, undefined, 7 * page, new Uint8Array(page).fill(n % 4));
        model.write(machine.memory, 7, n % 4);
        written = true;
      }
      vc.host.clock.advance(task.work.due - vc.host.universe.now);
    }
  }

  /** Destroys all there is: nothing may be left. */
  end(): void {
    const { vc } = this;
    vc.meanwhile = (ref) => {
      for (let task = vc.state.tasks.get(numberIn(ref.value)); task?.work; task = vc.state.tasks.get(task.id))
        vc.host.clock.advance(task.work.due - vc.host.universe.now);
    };
    for (const [name, { power }] of this.model.machines) {
      if (power === "poweredOn") vc.vm(name, "PowerOffVM_Task", {});
      vc.vm(name, "Destroy_Task", {});
    }
    for (const disk of [...vc.state.loose.values()])
      vc.call({ type: "VirtualDiskManager", value: "virtualDiskManager" }, "DeleteVirtualDisk_Task", {
        name: formatPath(vc.state.objects.get(disk.layer.datastore)?.name ?? "", disk.layer.path),
        datacenter: vc.ref("Datacenter", "DC"),
      });
    equal(vc.pages.unique, 0, "pages in the end");
    equal(vc.state.bases.size, 0, "counts of references in the end");
    for (const name of ["D1", "D2"]) {
      const { fileBytes, directories, vms } = vc.find("Datastore", name);
      deepEqual([fileBytes, [...directories.keys()], vms.size], [0, [], 0], `${name} in the end`);
    }
    for (const name of ["H1", "H2"])
      equal(vc.find("HostSystem", name).reservedBytes, 0, `memory of ${name} in the end`);
  }

  #restore(n: number): void {
    const to = of(this.#marks, n);
    if (!to) return;
    this.vc.host.restore(to.mark);
    this.model = to.model.twin();
  }

  #goOnInTwin(): void {
    const twin = this.vc.twin();
    this.vc.close();
    this.vc = twin;
  }

  /** Contents, figures and all that is kept twice. */
  check(): void {
    const { vc, model } = this;
    const holders = model.holders();
    const machines = [...vc.state.objects.values()].filter((record) => record.kind === "VirtualMachine");
    deepEqual(machines.map(({ name }) => name).sort(), [...model.machines.keys()].sort());
    equal(vc.pages.unique, holders.size, "pages in all");
    for (const machine of machines) {
      const { name, power, frozen, memory, disks } = machine;
      const expected = model.machines.get(name);
      const keys = disks.map(({ key }) => key);
      deepEqual(
        [power, frozen, memory !== 0, keys],
        [expected?.power, expected?.frozen, expected?.memory !== undefined, expected?.disks.map(({ key }) => key)],
      );
      const shown = devicesOf(machine).filter(isDisk);
      deepEqual(shown.map(({ key }) => key).sort(), [...keys].sort(), `disks that ${name} shows`);
      if (expected?.memory) this.#compare(memory, expected.memory, holders);
      disks.forEach(({ space }, i) => {
        this.#compare(space, expected?.disks[i]?.space ?? emptySpace(""), holders);
      });
    }
    this.#compareAccounts(holders.keys());
    expectConsistent(vc);
  }

  #compareAccounts(pages: Iterable<Page>): void {
    const charged = new Map<string, number>();
    for (const { account } of pages) charged.set(account, (charged.get(account) ?? 0) + 1);
    this.vc.state.accounts.forEach(({ kind, host, datastore, forked }, index) => {
      const account = kind === "disk" ? `disk ${datastore}` : `memory ${host} ${datastore} ${forked}`;
      equal(this.vc.pages.account(index + 1), charged.get(account) ?? 0, account);
    });
  }

  #compare(space: number, expected: Space, holders: ReadonlyMap<Page, number>): void {
    const { pages } = this.vc;
    let own = 0;
    for (const one of expected.pages.values()) if (holders.get(one) === 1) own++;
    const figures = pages.figures(space);
    deepEqual([figures.mapped, figures.private], [expected.pages.size, own], "mapped and private pages");
    for (let at = 0; at < 8; at++) {
      const value = expected.pages.get(at)?.value ?? 0;
      const bytes = this.#made.get(value) ?? new Uint8Array(page).fill(value);
      equal(Buffer.compare(pages.read(space, at * page, page), bytes), 0, `page ${at}`);
    }
  }
}
