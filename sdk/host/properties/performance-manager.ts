import type { Ref, vim } from "../../vim/index.ts";
import { counterInfo } from "../performance/counter-info.ts";
import { counters } from "../performance/counters.ts";
import type { Table } from "./table.ts";

const described = (key: string): vim.ElementDescription => ({
  _typeName: "ElementDescription",
  key,
  label: key,
  summary: key,
});

/** vCenter's own roll-ups. None is collected here, and they say so: there is the current sample and no history. */
const intervals: readonly (readonly [seconds: number, name: string, length: number])[] = [
  [300, "Past day", 86_400],
  [1_800, "Past week", 604_800],
  [7_200, "Past month", 2_592_000],
  [86_400, "Past year", 31_536_000],
];

export const performanceManager: Table<"PerformanceManager", Ref> = {
  description: () => ({
    counterType: ["average", "maximum", "minimum", "latest", "summation", "none"].map(described),
    statsType: ["absolute", "delta", "rate"].map(described),
  }),
  historicalInterval: () =>
    intervals.map(([samplingPeriod, name, length], i) => ({
      key: i + 1,
      samplingPeriod,
      name,
      length,
      level: 1,
      enabled: false,
    })),
  perfCounter: () => counters.map(counterInfo),
};
