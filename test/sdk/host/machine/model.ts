/** A page with content. Two spaces share a page when they hold the same object. */
export interface Page {
  /** What fills it; negative numbers stand for pages made from a seed. */
  value: number;
  /** What it is charged to. */
  account: string;
}

/** An address space, written down naively: every page that is not zero. */
export interface Space {
  readonly account: string;
  readonly pages: Map<number, Page>;
}

export interface ModelDisk {
  readonly key: number;
  space: Space;
  /** Its mode, where that is not persistent. */
  readonly mode?: string | undefined;
  /** What it goes back to at power off. */
  undo?: Space | undefined;
}

export interface ModelMachine {
  power: "poweredOn" | "poweredOff" | "suspended";
  frozen: boolean;
  memory: Space | undefined;
  disks: ModelDisk[];
}

export interface ModelSnapshot {
  readonly id: number;
  readonly of: string;
  readonly was: ModelMachine;
}

export const emptySpace = (account: string): Space => ({ account, pages: new Map() });

/** A copy-on-write fork: it holds the same pages. */
export const forked = (space: Space, account: string): Space => ({ account, pages: new Map(space.pages) });

/** A copy that shares nothing. */
export const copied = (space: Space, account: string): Space => ({
  account,
  pages: new Map([...space.pages].map(([at, { value }]) => [at, { value, account }])),
});

/** What a vCenter's machines hold, as plain as can be: the page store and the machines above it must agree with this. */
export class Model {
  machines = new Map<string, ModelMachine>();
  snapshots: ModelSnapshot[] = [];
  /** Disks that were taken from their machines, by their topmost file. */
  loose = new Map<string, Space>();

  /** A twin in which spaces that share pages go on sharing them. */
  twin(): Model {
    const pages = new Map<Page, Page>();
    const page = (one: Page): Page => {
      const known = pages.get(one) ?? { ...one };
      pages.set(one, known);
      return known;
    };
    const space = ({ account, pages: all }: Space): Space => ({
      account,
      pages: new Map([...all].map(([at, one]) => [at, page(one)])),
    });
    const machine = (one: ModelMachine): ModelMachine => ({
      ...one,
      memory: one.memory && space(one.memory),
      disks: one.disks.map((disk) => ({ ...disk, space: space(disk.space), undo: disk.undo && space(disk.undo) })),
    });
    const twin = new Model();
    twin.machines = new Map([...this.machines].map(([name, one]) => [name, machine(one)]));
    twin.snapshots = this.snapshots.map((one) => ({ ...one, was: machine(one.was) }));
    twin.loose = new Map([...this.loose].map(([file, one]) => [file, space(one)]));
    return twin;
  }

  *spaces(): Generator<Space> {
    const all = [...this.machines.values(), ...this.snapshots.map(({ was }) => was)];
    for (const { memory, disks } of all) {
      if (memory) yield memory;
      for (const disk of disks) {
        yield disk.space;
        if (disk.undo) yield disk.undo;
      }
    }
    yield* this.loose.values();
  }

  /** How many spaces hold each page. */
  holders(): Map<Page, number> {
    const holders = new Map<Page, number>();
    for (const { pages } of this.spaces())
      for (const page of pages.values()) holders.set(page, (holders.get(page) ?? 0) + 1);
    return holders;
  }

  /** Fills a page of a space; 0 makes it go. A page that nobody else holds is changed where it is. */
  write(space: Space, at: number, value: number): void {
    const page = space.pages.get(at);
    if ((page?.value ?? 0) === value) return;
    if (value === 0) space.pages.delete(at);
    else if (page && this.holders().get(page) === 1) page.value = value;
    else space.pages.set(at, { value, account: space.account });
  }
}
