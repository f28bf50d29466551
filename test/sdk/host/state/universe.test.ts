import { afterEach, describe, expect, it } from "vitest";
import { PageStore } from "../../../../sdk/host/cow/page-store.ts";
import { createFolder } from "../../../../sdk/host/inventory/create.ts";
import type { Commit, Draft } from "../../../../sdk/host/state/draft.ts";
import { emptyState, type State } from "../../../../sdk/host/state/state.ts";
import type { TaskRecord } from "../../../../sdk/host/state/task-record.ts";
import { Universe, type UniverseOptions } from "../../../../sdk/host/state/universe.ts";

const options: UniverseOptions = {
  seed: 1,
  clock: "instant",
  logicalTime: true,
  retention: { tasks: 3, events: 4 },
};

let open: Universe[] = [];
afterEach(() => {
  for (const universe of open) universe.close();
  open = [];
});

function universe(more: Partial<UniverseOptions> = {}): Universe {
  const made = new Universe({ ...options, ...more }, emptyState(1000, []), new PageStore());
  open.push(made);
  return made;
}

const addFolder = (tx: Draft, name: string, parent = 0) => createFolder(tx, parent, "v", name);

describe("a transaction", () => {
  it("is the state when its work returns, and what it put is seen by itself before", () => {
    const u = universe();
    const before = u.state;
    const id = u.transact((tx) => {
      const folder = addFolder(tx, "a");
      expect(tx.object(folder.id)).toBe(folder);
      expect(u.state).toBe(before);
      return folder.id;
    });
    expect(u.state.objects.get(id)).toMatchObject({ name: "a" });
    expect(before.objects.size).toBe(0);
    expect(Object.isFrozen(u.state)).toBe(true);
  });

  it("leaves no trace when its work throws: not in the state, not in the page store", () => {
    const u = universe();
    const space = u.transact((tx) => tx.createSpace({ bytes: 2 ** 20, owner: 1, account: 1, seed: 7 }));
    const { state } = u;
    const figures = () => [u.pages.unique, u.pages.account(1), u.pages.account(2), u.pages.figures(space)];
    const before = figures();
    const wrong = () =>
      u.transact((tx) => {
        addFolder(tx, "a");
        tx.putTask(task(1));
        tx.putEvent({
          key: tx.nextEvent++,
          type: "x",
          eventTypeId: undefined,
          time: 0,
          user: "",
          chain: 0,
          vm: 0,
          host: 0,
          vmName: "",
          more: undefined,
        });
        tx.createSpace({ bytes: 2 ** 20, owner: 2, account: 2, seed: 8 });
        const fork = tx.forkSpace(space, 3, 2);
        tx.growSpace(fork, 2 ** 21, 3, 2);
        tx.copySpace(space, 4, 2);
        tx.chargeSpace(space, 2);
        tx.dropSpace(space);
        throw new Error("no");
      });
    expect(wrong).toThrow("no");
    expect(u.state).toBe(state);
    expect(figures()).toEqual(before);
    expect(u.pages.touched()).toEqual([]);
    expect(() => u.pages.owner(space + 1)).toThrow(RangeError);
  });

  it("cannot be opened inside another, which is not harmed by the attempt", () => {
    const u = universe();
    u.transact((tx) => {
      expect(() => u.transact(() => {})).toThrow("do not nest");
      expect(() => u.setTime(5)).toThrow("do not nest");
      expect(() => u.replace(u.state, u.pages.forkStore())).toThrow("do not nest");
      addFolder(tx, "a");
    });
    expect(u.state.objects.size).toBe(1);
  });

  it("refuses work that goes on later, and what that does then", async () => {
    const u = universe();
    const { state } = u;
    const failures: unknown[] = [];
    const work = async (tx: Draft) => {
      addFolder(tx, "a");
      await Promise.resolve();
      for (const attempt of [() => addFolder(tx, "b"), () => tx.due.set(1, 1), () => tx.bases.set("a", 1)])
        try {
          attempt();
        } catch (error) {
          failures.push(error);
        }
      throw new Error("nobody hears of this");
    };
    expect(() => u.transact(work)).toThrow("must not return a promise");
    await new Promise((resolve) => setImmediate(resolve));
    expect(failures).toHaveLength(3);
    expect(u.state).toBe(state);
  });

  it("costs nothing for collections that it does not change: they stay the very same", () => {
    const u = universe();
    u.transact((tx) => void addFolder(tx, "a"));
    const before = u.state;
    u.transact((tx) => {
      expect(tx.uuids.has("bios:1")).toBe(false);
      addFolder(tx, "b");
    });
    const changed = Object.keys(before).filter((name) => before[name as keyof State] !== u.state[name as keyof State]);
    expect(changed.sort()).toEqual(["nextId", "objects", "time"]);
  });

  it("passes a millisecond of logical time, and none where the clock stands or is the wall's", () => {
    const time = (more: Partial<UniverseOptions>) => {
      const u = universe(more);
      u.transact(() => {});
      return u.state.time;
    };
    expect(time({})).toBe(1001);
    expect(time({ clock: "manual" })).toBe(1000);
    expect(time({ logicalTime: false })).toBe(1000);
  });
});

describe("listeners", () => {
  it("hear of every commit what it touched, those included whose bytes changed hands", () => {
    const u = universe();
    const heard: Commit[] = [];
    const stop = u.listen((commit, before) => {
      expect(u.state).toBe(commit.state);
      expect(before).not.toBe(commit.state);
      heard.push(commit);
    });
    const space = u.transact((tx) => {
      addFolder(tx, "a");
      tx.putTask(task(1));
      return tx.createSpace({ bytes: 2 ** 20, owner: 77, account: 1, seed: 7 });
    });
    const fork = u.transact((tx) => tx.forkSpace(space, 78, 1));
    u.transact((tx) => tx.dropSpace(fork));
    expect(heard.map(({ touched }) => [...touched].sort())).toEqual([
      [1, 77],
      [77, 78],
      [77, 78],
    ]);
    expect(heard.map(({ tasks }) => [...tasks])).toEqual([[1], [], []]);
    stop();
    u.transact((tx) => void addFolder(tx, "b"));
    expect(heard).toHaveLength(3);
  });

  it("hear nothing of a transaction that failed", () => {
    const u = universe();
    let heard = 0;
    u.listen(() => heard++);
    expect(() => u.transact((tx) => tx.change("Folder", 1, () => ({})))).toThrow("No Folder with number 1");
    expect(heard).toBe(0);
  });

  it("cannot change the state themselves", () => {
    const u = universe();
    let refused: unknown;
    u.listen(() => {
      try {
        u.transact(() => {});
      } catch (error) {
        refused = error;
      }
    });
    u.transact((tx) => void addFolder(tx, "a"));
    expect(String(refused)).toContain("listeners only listen");
  });

  it("hear, when a state is put back, what differs", () => {
    const u = universe();
    u.transact((tx) => {
      addFolder(tx, "a");
      addFolder(tx, "b");
    });
    const { state } = u;
    const pages = u.pages.forkStore();
    u.transact((tx) => {
      tx.change("Folder", 2, () => ({ name: "c" }));
      addFolder(tx, "d");
      tx.putTask(task(1));
    });
    const heard: Commit[] = [];
    u.listen((commit) => heard.push(commit));
    u.replace(state, pages);
    expect(heard).toMatchObject([{ restored: true, events: false }]);
    expect([...(heard[0]?.touched ?? [])]).toEqual([2, 3]);
    expect([...(heard[0]?.tasks ?? [])]).toEqual([1]);
    expect(u.state).toBe(state);
  });
});

describe("retention", () => {
  const event = (tx: Draft) =>
    tx.putEvent({
      key: tx.nextEvent++,
      type: "x",
      eventTypeId: undefined,
      time: 0,
      user: "",
      chain: 0,
      vm: 0,
      host: 0,
      vmName: "",
      more: undefined,
    });

  it("forgets the oldest events beyond what is kept", () => {
    const u = universe();
    for (let i = 0; i < 3; i++) u.transact(event);
    u.transact((tx) => {
      for (let i = 0; i < 6; i++) event(tx);
    });
    expect([...u.state.events.keys()]).toEqual([6, 7, 8, 9]);
  });

  it("keeps nothing where nothing is to be kept", () => {
    const u = universe({ retention: { tasks: 0, events: 0 } });
    for (let i = 1; i < 4; i++)
      u.transact((tx) => {
        event(tx);
        tx.putTask(task(i));
      });
    expect([u.state.events.size, u.state.tasks.size, u.state.finished.size]).toEqual([0, 0, 0]);
    expect(u.state.nextEvent).toBe(4);
  });

  it("forgets the tasks that finished first, and never one that has work to do", () => {
    const u = universe();
    const running = { ...task(1), work: { args: {}, place: 0, phases: [], phase: 0, due: 0 } };
    u.transact((tx) => tx.putTask(running));
    for (let i = 2; i < 8; i++) u.transact((tx) => tx.putTask(task(i)));
    expect([...u.state.tasks.keys()]).toEqual([1, 5, 6, 7]);
    u.transact((tx) => tx.putTask({ ...task(1), description: undefined }));
    expect([...u.state.tasks.keys()]).toEqual([1, 6, 7]);
    u.transact((tx) => tx.putTask({ ...task(6), entityName: "renamed" }));
    u.transact((tx) => tx.putTask(task(8)));
    expect([...u.state.tasks.keys()]).toEqual([1, 7, 8]);
  });
});

function task(id: number): TaskRecord {
  return {
    id,
    descriptionId: "Folder.rename",
    method: "Rename_Task",
    entity: { type: "Folder", value: "group-v1" },
    entityName: "",
    state: "success",
    progress: undefined,
    cancelable: false,
    cancelled: false,
    user: "",
    queued: 0,
    started: 0,
    completed: 0,
    result: undefined,
    error: undefined,
    description: undefined,
    work: undefined,
  };
}
