import type { Handlers } from "../call.ts";
import { invalidArgument } from "../faults.ts";
import { resolve } from "../inventory/lookup.ts";
import { counterInfo } from "../performance/counter-info.ts";
import { counterOf, counters } from "../performance/counters.ts";
import { countersOf, realTime, sample } from "../performance/samples.ts";

export const performanceManager: Handlers<"PerformanceManager"> = {
  QueryPerfProviderSummary({ core }, { entity }) {
    const { kind } = resolve(core.universe.view, entity);
    const currentSupported = kind === "VirtualMachine" || kind === "HostSystem";
    return {
      entity,
      currentSupported,
      summarySupported: false,
      ...(currentSupported ? { refreshRate: realTime } : {}),
    };
  },

  QueryAvailablePerfMetric({ core }, { entity, intervalId }) {
    const offered = countersOf(core.universe.view, entity);
    if (intervalId !== undefined && intervalId !== realTime) return [];
    return offered.map(({ key }) => ({ counterId: key, instance: "" }));
  },

  QueryPerfCounter: (_call, { counterId }) =>
    counterId.map((key, i) => {
      const counter = counterOf(key);
      if (counter) return counterInfo(counter);
      throw invalidArgument(`counterId[${i}]`, `There is no counter ${key} here.`);
    }),

  QueryPerfCounterByLevel(_call, { level }) {
    if (level < 1 || level > 4) throw invalidArgument("level", `It is a number from 1 to 4, not ${level}.`);
    return counters.filter((counter) => counter.level <= level).map(counterInfo);
  },

  QueryPerf: ({ core }, { querySpec }) =>
    querySpec.map((query, i) => sample(core.universe.view, query, `querySpec[${i}]`)),
};
