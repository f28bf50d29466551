import { beforeEach, describe, expect, it, vi } from "vitest";
import { touchedPages } from "../../../../../sdk/host/guest/memory/touched.ts";
import type { Workload } from "../../../../../sdk/host/guest/memory/workload.ts";
import { refOf } from "../../../../../sdk/host/state/id.ts";
import { Vcenter } from "../../machine/vcenter.ts";

const PAGE = 4096;
const busy: Workload = { pagesPerSecond: 100, seconds: 60, workingSet: 200 * PAGE, locality: 1, writes: 1 };

let vc: Vcenter;
const own = (name: string) => vc.host.figures(refOf(vc.machine(name)), undefined).private / PAGE;
const work = (name: string, workload: Workload) => vc.host.workload(refOf(vc.machine(name)), workload);
const fork = (source: string, name: string) => vc.vm(source, "InstantClone_Task", { spec: { name, location: {} } });
const touched = (name: string) => touchedPages(vc.view, vc.machine(name).id);

describe("a guest at work", () => {
  describe("on a manual clock", () => {
    beforeEach(() => {
      vc = new Vcenter({ clock: "manual" });
      vc.start("golden", "InstantClone_Task", { spec: { name: "desk", location: {} } });
      vc.host.clock.advance("1m");
    });

    it("shares less and less as time passes, down to its working set", () => {
      work("desk", busy);
      expect(own("desk")).toBe(0);
      const decay = [1, 1, 1, 1, 6].map((seconds) => {
        vc.host.clock.advance(seconds * 1000);
        return own("desk");
      });
      const [first = 0, , , fourth = 0, last = 0] = decay;
      expect(decay).toEqual([...decay].sort((a, b) => a - b));
      expect(first).toBeGreaterThan(70);
      expect(first).toBeLessThan(100);
      expect(fourth - (decay[2] ?? 0)).toBeLessThan(first);
      expect(last).toBeGreaterThan(190);
      vc.host.clock.advance("10m");
      expect(own("desk")).toBe(200);
      expect(own("golden")).toBe(200);
    });

    it("does the same whether the clock is advanced at once or in small steps", () => {
      work("desk", busy);
      const twin = vc.twin();
      vc.host.clock.advance("30s");
      for (let i = 0; i < 300; i++) twin.host.clock.advance("100ms");
      const { memory } = vc.machine("desk");
      for (let page = 0; page < 2 ** 21; page += 4096 * 8)
        expect(twin.pages.read(memory, page * PAGE, PAGE)).toEqual(vc.pages.read(memory, page * PAGE, PAGE));
      expect(twin.pages.figures(memory)).toEqual(vc.pages.figures(memory));
      expect(touchedPages(twin.view, twin.machine("desk").id)).toEqual(touched("desk"));
      twin.host.close();
    });

    it("is active by what it touched in the last minute, and no longer", () => {
      work("desk", { ...busy, seconds: 10, writes: 0.25 });
      vc.host.clock.advance("10s");
      const { touched: all, written } = touched("desk");
      expect(all).toBeGreaterThan(150);
      expect(written).toBe(own("desk"));
      vc.host.clock.advance("2m");
      expect(touched("desk")).toEqual({ touched: 0, written: 0 });
    });

    it("stands still while it is suspended, and then goes on", () => {
      work("desk", { ...busy, locality: 0, seconds: 60 });
      vc.host.clock.advance("5s");
      vc.start("desk", "SuspendVM_Task", {});
      vc.host.clock.advance("10m");
      expect(touched("desk").touched).toBe(0);
      vc.start("desk", "PowerOnVM_Task", {});
      vc.host.clock.advance("30s");
      expect(touched("desk").touched).toBeGreaterThan(2000);
    });

    it("has stopped for good when it was switched off", () => {
      work("desk", busy);
      vc.start("desk", "PowerOffVM_Task", {});
      vc.host.clock.advance("1m");
      expect(vc.state.workloads.size).toBe(0);
      expect(vc.state.guestMemory.size).toBe(0);
    });

    it("goes on in its forks, in each its own way", () => {
      work("desk", { ...busy, locality: 0, seconds: 1000 });
      vc.start("desk", "InstantClone_Task", { spec: { name: "desk-2", location: {} } });
      vc.host.clock.advance("10s");
      const before = own("desk-2");
      vc.host.clock.advance("10s");
      expect(own("desk-2") - before).toBeGreaterThan(900);
    });

    it("is put back with everything else", () => {
      work("desk", busy);
      vc.host.clock.advance("1s");
      const mark = vc.host.snapshot();
      vc.host.clock.advance("2s");
      const then = own("desk");
      vc.host.restore(mark);
      mark.release();
      vc.host.clock.advance("2s");
      expect(own("desk")).toBe(then);
    });
  });

  it("works by itself on the real clock, also while others commit all the time", async () => {
    vc = new Vcenter({ clock: "real" });
    const golden = vc.machine("golden");
    vc.start("golden", "InstantClone_Task", { spec: { name: "desk", location: {} } });
    await vi.waitFor(() => expect(vc.machine("desk").power).toBe("poweredOn"), 20_000);
    work("desk", { ...busy, pagesPerSecond: 1000, seconds: 0.3 });
    await vi.waitFor(
      () => {
        vc.host.universe.transact((tx) => tx.put(golden));
        expect(vc.state.workloads.size).toBe(0);
      },
      { timeout: 20_000, interval: 5 },
    );
    expect(own("desk")).toBeGreaterThan(100);
    vc.close();
  });

  describe("on the instant clock", () => {
    beforeEach(() => {
      vc = new Vcenter();
      fork("golden", "desk");
    });

    it("is done at once", () => {
      work("desk", busy);
      expect(own("desk")).toBe(200);
      expect(vc.state.workloads.size).toBe(0);
    });

    it("reads more than it writes when it is told so", () => {
      work("desk", { ...busy, writes: 0 });
      expect(own("desk")).toBe(0);
      expect(touched("desk").touched).toBe(200);
    });

    it.each([
      ["pagesPerSecond", { ...busy, pagesPerSecond: -1 }],
      ["seconds", { ...busy, seconds: Number.NaN }],
      ["workingSet", { ...busy, workingSet: 2 ** 40 }],
      ["locality", { ...busy, locality: 1.5 }],
      ["writes", { ...busy, writes: Number.POSITIVE_INFINITY }],
      ["seed", { ...busy, seed: 0.5 }],
    ])("refuses a %s that makes no sense", (field, workload) => {
      const before = vc.state;
      expect(() => work("desk", workload)).toThrow(field);
      expect(vc.state).toBe(before);
    });

    it("does not work while it is off or frozen", () => {
      expect(() => work("golden", busy)).toThrow("frozen");
      expect(() => work("build-01", busy)).toThrow("poweredOff");
    });

    it("stops with an event when its host has no memory left", () => {
      const host = { name: "esx", memoryGiB: 0.0625 };
      const machines = [{ name: "vm", memoryGiB: 0.03125, power: "poweredOn" as const }];
      const networks = ["net"];
      const datastores = [{ name: "ds", capacityGiB: 100 }];
      vc = new Vcenter({ inventory: { datacenters: [{ name: "DC", hosts: [host], machines, networks, datastores }] } });
      for (let i = 0; i < 3; i++) vc.vm("vm", "InstantClone_Task", { spec: { name: `fork-${i}`, location: {} } });
      const all = { pagesPerSecond: 15_000, seconds: 1, locality: 1, workingSet: 24 * 2 ** 20, writes: 1 };
      for (const name of ["vm", "fork-0", "fork-1", "fork-2"]) vc.host.workload(refOf(vc.machine(name)), all);
      expect(vc.events().some(({ type }) => type === "VmMessageErrorEvent")).toBe(true);
      expect(vc.state.workloads.size).toBe(0);
    });
  });
});
