import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Ref, vim } from "../../../../sdk/vim/index.ts";
import { Vcenter } from "../machine/vcenter.ts";

const manager: Ref<"PerformanceManager"> = { type: "PerformanceManager", value: "PerfMgr" };
const PAGE = 4096;

let vc: Vcenter;
beforeEach(() => {
  vc = new Vcenter();
  vc.instantClone("golden", "desk");
});
afterEach(() => vc.close());

const perf = (method: string, args: object): unknown => vc.call(manager, method, args);
const query = (spec: Partial<vim.PerfQuerySpec>) =>
  perf("QueryPerf", { querySpec: [{ entity: vc.ref("VirtualMachine", "desk"), ...spec }] }) as vim.PerfEntityMetric[];
const read = (counterId: number, entity: Ref) =>
  (query({ entity, metricId: [{ counterId, instance: "" }] })[0]?.value?.[0] as vim.PerfMetricIntSeries | undefined)
    ?.value?.[0];

describe("counters", () => {
  it("carry vCenter's own numbers and names, and only those that are simulated are offered", () => {
    const infos = perf("QueryPerfCounter", { counterId: [98, 57] }) as vim.PerfCounterInfo[];
    expect(infos.map((info) => [info.key, info.groupInfo.key, info.nameInfo.key, info.rollupType, info.level])).toEqual(
      [
        [98, "mem", "consumed", "average", 1],
        [57, "mem", "sharedcommon", "average", 2],
      ],
    );
    expect(() => perf("QueryPerfCounter", { counterId: [2] })).toThrow("no counter 2");
    const first = perf("QueryPerfCounterByLevel", { level: 1 }) as vim.PerfCounterInfo[];
    expect(first.map(({ nameInfo }) => nameInfo.key).sort()).toEqual(["consumed", "overhead", "usage", "vmmemctl"]);
  });

  it("are those that an object has: machines and hosts have some, in real time only; others none", () => {
    const available = (entity: Ref, more: object = {}) =>
      (perf("QueryAvailablePerfMetric", { entity, ...more }) as vim.PerfMetricId[]).map(({ counterId }) => counterId);
    const machine = vc.ref("VirtualMachine", "desk");
    expect(available(machine)).toEqual(expect.arrayContaining([29, 33, 37, 41, 98, 102]));
    expect(available(machine)).not.toContain(57);
    expect(available(vc.ref("HostSystem", "esx-01.lab.local"))).toContain(57);
    expect(available(machine, { intervalId: 20 }).length).toBeGreaterThan(0);
    expect(available(machine, { intervalId: 300 })).toEqual([]);
    expect(available(vc.ref("Datastore", "vmfs-01"))).toEqual([]);
    expect(perf("QueryPerfProviderSummary", { entity: machine })).toEqual({
      entity: machine,
      currentSupported: true,
      summarySupported: false,
      refreshRate: 20,
    });
  });

  it("say at any moment what a machine shares, owns and has touched", () => {
    const desk = vc.ref("VirtualMachine", "desk");
    vc.write("desk", undefined, 5 * PAGE, "x");
    vc.write("desk", undefined, 9 * PAGE, "y");
    expect([29, 37, 41, 98, 33, 417].map((key) => read(key, desk))).toEqual([8 * 2 ** 20, 8 * 2 ** 20 - 8, 0, 8, 8, 8]);
    vc.write("desk", undefined, 5 * PAGE, new Uint8Array(PAGE));
    expect([29, 41, 98].map((key) => read(key, desk))).toEqual([8 * 2 ** 20 - 4, 4, 4]);
  });

  it("are one sample of now, and no history", () => {
    const [metric] = query({ maxSample: 10 });
    expect(metric?.sampleInfo).toEqual([{ timestamp: new Date(vc.view.now).toISOString(), interval: 20 }]);
    expect(metric?.value?.length).toBeGreaterThan(10);
    const past = new Date(vc.view.now - 3_600_000).toISOString();
    for (const spec of [{ intervalId: 300 }, { endTime: past }, { maxSample: 0 }])
      expect(query(spec)[0]).toMatchObject({ sampleInfo: [], value: [] });
    expect(query({ startTime: past })[0]?.value).not.toEqual([]);
    expect(() => query({ metricId: [{ counterId: 2, instance: "" }] })).toThrow("querySpec[0].metricId[0].counterId");
    expect(() => query({ entity: { type: "VirtualMachine", value: "vm-99999" } })).toThrow("vm-99999");
  });

  it("agree with the quick statistics of machines and hosts, which are in MB", () => {
    const ref = vc.ref("VirtualMachine", "desk");
    const host = vc.ref("HostSystem", "esx-01.lab.local");
    const stats = (obj: Ref) => {
      const specSet = [{ propSet: [{ type: obj.type, pathSet: ["summary.quickStats"] }], objectSet: [{ obj }] }];
      const collector = { type: "PropertyCollector", value: "propertyCollector" } as const;
      const answer = vc.call(collector, "RetrievePropertiesEx", { specSet, options: {} }) as vim.RetrieveResult;
      return answer.objects[0]?.propSet?.[0]?.val as Record<string, number>;
    };
    const inMB = (key: number, entity: Ref) => Math.round((read(key, entity) ?? Number.NaN) / 1024);
    const before = stats(host).overallMemoryUsage ?? 0;
    vc.write("desk", undefined, 0, new Uint8Array(7 * 2 ** 20).fill(7));
    expect(stats(host).overallMemoryUsage).toBe(before + 7);
    const quick = stats(ref);
    expect(quick.privateMemory).toBe(7);
    expect(quick.sharedMemory).toBe(inMB(37, ref));
    expect(quick.grantedMemory).toBe(inMB(29, ref));
    expect(quick.activeMemory).toBe(inMB(33, ref));
    expect(quick.guestMemoryUsage).toBe(inMB(33, ref));
    expect(quick.consumedOverheadMemory).toBe(inMB(102, ref));
    expect(quick.hostMemoryUsage).toBe(inMB(98, ref) + inMB(102, ref));
    expect(Math.abs((quick.activeMemory ?? 0) - 7)).toBeLessThanOrEqual(1);
    expect(stats(host).overallMemoryUsage).toBe(inMB(98, host));
  });

  it("come as text where that is asked for", () => {
    const [metric] = query({ format: "csv", metricId: [{ counterId: 98, instance: "" }] });
    expect(metric).toMatchObject({
      _typeName: "PerfEntityMetricCSV",
      sampleInfoCSV: expect.stringMatching(/^20,2026-/),
      value: [{ id: { counterId: 98, instance: "" }, value: "0" }],
    });
  });
});
