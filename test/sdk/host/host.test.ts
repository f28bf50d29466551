import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { refIn } from "../../../sdk/host/arguments/scalar.ts";
import { HostFault } from "../../../sdk/host/faults.ts";
import { Host } from "../../../sdk/host/host.ts";
import type { HostOptions } from "../../../sdk/host/options.ts";
import { isKind } from "../../../sdk/host/state/view.ts";
import type { Ref } from "../../../sdk/vim/index.ts";
import { Caller, serviceInstance } from "./caller.ts";
import { dump } from "./dump.ts";
import { brokenInvariants } from "./invariants.ts";
import { Dice, knownTo, someCall } from "./some-call.ts";

const bytes = (...values: number[]) => new Uint8Array(values);

let caller: Caller;
let golden: Ref<"VirtualMachine">;
beforeEach(() => {
  caller = Caller.start();
  golden = caller.ref("VirtualMachine", "golden");
});
afterEach(() => caller.close());

const clone = (on: Caller, name: string) => on.task(golden, "InstantClone_Task", { spec: { name, location: {} } });
const has = (on: Caller, name: string) => on.names("VirtualMachine").includes(name);
const memory = (on: Caller, address: number) => [...on.host.readBytes(golden, undefined, address, 2)];
const figures = (on: Caller) => on.host.figures(golden, undefined);

describe("a twin", () => {
  it("begins as a copy and goes its own way in everything, as does its parent", () => {
    const before = memory(caller, 8192);
    const twin = new Caller(caller.host.fork());
    expect(twin.state).toBe(caller.state);
    expect(clone(twin, "a").state).toBe("success");
    clone(caller, "b");
    clone(caller, "c");
    expect([has(twin, "a"), has(twin, "b"), has(caller, "a"), has(caller, "b")]).toEqual([true, false, false, true]);
    twin.host.writeBytes(golden, undefined, 8192, bytes(1, 2));
    expect([memory(twin, 8192), memory(caller, 8192)]).toEqual([[1, 2], before]);
    expect(figures(twin).private).toBe(4096);
    expect(figures(caller).private).toBe(0);
    twin.host.close();
    expect(figures(caller).private).toBe(0);
  });

  it("has sessions of its own", () => {
    const twin = caller.host.fork();
    expect(twin.sessions.list).toEqual([]);
    expect(() => twin.call(caller.connection, serviceInstance, "CurrentTime", {})).toThrow(HostFault);
    twin.close();
    expect(caller.call(serviceInstance, "CurrentTime")).toBeTypeOf("string");
  });

  it("has a clock of its own", () => {
    const parent = Host.start({ seed: 1, clock: "manual" });
    const twin = parent.fork();
    twin.clock.advance("1h");
    expect(parent.clock.now().toISOString()).toBe("2026-01-01T00:00:00.000Z");
    expect(twin.clock.now().toISOString()).toBe("2026-01-01T01:00:00.000Z");
    twin.close();
    parent.close();
  });

  it("outlives its parent, and its parent it, and their twins both", () => {
    const twin = new Caller(caller.host.fork());
    const third = new Caller(twin.host.fork());
    clone(twin, "a");
    caller.close();
    expect(clone(twin, "b").state).toBe("success");
    twin.close();
    third.host.writeBytes(golden, undefined, 0, bytes(9, 9));
    expect(memory(third, 0)).toEqual([9, 9]);
    third.close();
  });

  it("tells its own listeners only", () => {
    const twin = new Caller(caller.host.fork());
    let [ours, theirs] = [0, 0];
    caller.host.universe.listen(() => ours++);
    twin.host.universe.listen(() => theirs++);
    clone(twin, "a");
    expect([ours, theirs]).toEqual([0, 1]);
    twin.close();
  });
});

describe("a mark", () => {
  it("puts everything back, again and again", () => {
    caller.host.writeBytes(golden, undefined, 0, bytes(7, 7));
    const before = dump(caller.host);
    const mark = caller.host.snapshot();
    for (let round = 0; round < 3; round++) {
      clone(caller, "a");
      caller.host.writeBytes(golden, undefined, 0, bytes(round, 1));
      caller.host.writeBytes(caller.ref("VirtualMachine", "a"), undefined, 4096, bytes(1, 1));
      caller.task(caller.ref("VirtualMachine", "build-01"), "Destroy_Task");
      caller.host.restore(mark);
      expect(dump(caller.host)).toEqual(before);
    }
    mark.release();
    expect(brokenInvariants(caller.host)).toEqual([]);
  });

  it("is of any moment: there may be many, restored in any order", () => {
    const marks = ["a", "b", "c", "d"].map((name) => {
      clone(caller, name);
      return caller.host.snapshot();
    });
    const names = ["a", "b", "c", "d"];
    for (const at of [1, 3, 0, 2, 2]) {
      const mark = marks[at];
      if (mark) caller.host.restore(mark);
      expect(names.filter((name) => has(caller, name))).toEqual(names.slice(0, at + 1));
    }
    for (const mark of marks) mark.release();
  });

  it("is good for a twin as well: one mark, and every twin can begin at it", () => {
    const mark = caller.host.snapshot();
    clone(caller, "a");
    const twin = new Caller(caller.host.fork());
    twin.host.restore(mark);
    expect([has(twin, "a"), has(caller, "a")]).toEqual([false, true]);
    expect(clone(twin, "b").state).toBe("success");
    twin.close();
    caller.host.restore(mark);
    expect(has(caller, "b")).toBe(false);
    mark.release();
  });

  it("is not good for anything once it is released, and releasing it again does nothing", () => {
    const mark = caller.host.snapshot();
    mark.release();
    mark.release();
    const { state } = caller;
    expect(() => caller.host.restore(mark)).toThrow("released");
    expect(caller.state).toBe(state);
    expect(clone(caller, "a").state).toBe("success");
  });

  it("keeps the bytes of its moment, and no more once it is released", () => {
    const pages = () => caller.host.universe.pages.unique;
    const before = pages();
    const mark = caller.host.snapshot();
    clone(caller, "a");
    caller.host.writeBytes(caller.ref("VirtualMachine", "a"), undefined, 0, new Uint8Array(40_960).fill(3));
    expect(pages()).toBe(before + 10);
    caller.host.restore(mark);
    mark.release();
    expect(pages()).toBe(before);
  });

  it("leaves sessions logged in and tells listeners that all may have changed", () => {
    const mark = caller.host.snapshot();
    clone(caller, "a");
    const heard: boolean[] = [];
    caller.host.universe.listen(({ restored }) => heard.push(restored));
    caller.host.restore(mark);
    expect(heard).toEqual([true]);
    expect(caller.call(serviceInstance, "CurrentTime")).toBeTypeOf("string");
    mark.release();
  });

  it("is disposed of like any resource", () => {
    const mark = caller.host.snapshot();
    mark[Symbol.dispose]();
    expect(() => caller.host.restore(mark)).toThrow("released");
  });
});

describe("a host that is closed", () => {
  it("answers nothing, and says why; closing it again does nothing", async () => {
    caller.close();
    caller.close();
    await caller.host[Symbol.asyncDispose]();
    expect(caller.host.closed).toBe(true);
    const { host } = caller;
    const uses = [
      () => caller.call(serviceInstance, "CurrentTime"),
      () => host.fork(),
      () => host.snapshot(),
      () => host.connect({ loggedIn: true, userAgent: "" }),
      () => host.readBytes(golden, undefined, 0, 1),
      () => host.writeBytes(golden, undefined, 0, bytes(1)),
      () => host.figures(golden, undefined),
      () => host.clock.advance(1),
    ];
    for (const use of uses) expect(use).toThrow("The host is closed.");
    expect(host.sessions.list).toEqual([]);
  });

  it("gives its bytes back", () => {
    const { pages } = caller.host.universe;
    caller.close();
    expect(() => pages.unique).toThrow("closed");
  });
});

describe("a seed", () => {
  /** Calls, bytes, forks and marks by the dice; what became of it all. */
  function life(options: HostOptions, chance: number): unknown {
    const dice = new Dice(chance);
    const one = Caller.start(options);
    const known = knownTo(one);
    const mark = one.host.snapshot();
    const marks = [mark];
    for (let i = 0; i < 30; i++) {
      const { on, method, args } = someCall(dice, known);
      try {
        const answer = one.call(on, method, args);
        if (answer instanceof Promise) answer.catch(() => {});
        const made = refIn(answer);
        if (made) known.refs.push(made);
      } catch (error) {
        if (!(error instanceof HostFault)) throw error;
      }
      if (dice.once(3)) scribble(one, dice);
      if (dice.once(10)) marks.push(one.host.snapshot());
      if (dice.once(12)) one.host.restore(dice.of(marks));
      if (options.clock === "manual") one.host.clock.advance(dice.below(2000));
    }
    expect(brokenInvariants(one.host)).toEqual([]);
    const all = dump(one.host);
    for (const each of marks) each.release();
    one.close();
    return all;
  }

  function scribble({ host, state }: Caller, dice: Dice): void {
    const machines = [...state.objects.values()].filter((record) => isKind(record, "VirtualMachine"));
    const running = machines.filter(({ power }) => power === "poweredOn");
    if (running.length === 0) return;
    const { id } = dice.of(running);
    host.writeBytes(
      { type: "VirtualMachine", value: `vm-${id}` },
      undefined,
      dice.below(1000) * 4096,
      bytes(dice.below(256), 1),
    );
  }

  it.each(["instant", "manual"] as const)("makes two hosts with the same calls identical to the byte (%s)", (clock) => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (seed, chance) => {
        expect(life({ seed, clock }, chance)).toEqual(life({ seed, clock }, chance));
      }),
      { numRuns: 20 },
    );
  });

  it("tells hosts apart that have different ones: UUIDs and what is in memory", () => {
    const other = Caller.start({ seed: 2 });
    expect(memory(other, 1000)).not.toEqual(memory(caller, 1000));
    expect(other.host.instanceUuid).not.toBe(caller.host.instanceUuid);
    other.close();
  });

  it("makes a twin of a host as repeatable as the host", () => {
    const [a, b] = [new Caller(caller.host.fork()), new Caller(caller.host.fork())];
    for (const twin of [a, b]) {
      clone(twin, "x");
      twin.host.writeBytes(twin.ref("VirtualMachine", "x"), undefined, 0, bytes(5));
    }
    expect(dump(a.host)).toEqual(dump(b.host));
    a.close();
    b.close();
  });
});

describe("a host of ten thousand machines", () => {
  let large: Host;
  beforeAll(() => {
    large = Host.start({ seed: 1, inventory: { machines: 5000 } });
  });
  afterAll(() => large.close());

  it("does not change by anything that its twins do", () => {
    const before = large.universe.state;
    const figuresBefore = [large.universe.pages.unique, large.universe.pages.bytes];
    for (let i = 0; i < 10; i++) {
      const twin = new Caller(large.fork());
      twin.task(twin.ref("VirtualMachine", "DC0_C0_RP0_VM7"), "PowerOffVM_Task");
      twin.task(twin.ref("VirtualMachine", "DC0_C0_RP0_VM7"), "Destroy_Task");
      twin.host.writeBytes(twin.ref("VirtualMachine", "DC0_C0_RP0_VM8"), undefined, 0, bytes(1, 2, 3));
      twin.close();
    }
    expect(large.universe.state).toBe(before);
    expect([large.universe.pages.unique, large.universe.pages.bytes]).toEqual(figuresBefore);
  });
});
