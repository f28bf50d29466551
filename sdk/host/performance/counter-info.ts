import type { vim } from "../../vim/index.ts";
import type { Counter } from "./counters.ts";

const described = (key: string, label: string, summary: string): vim.ElementDescription => ({
  _typeName: "ElementDescription",
  key,
  label,
  summary,
});

const units: Readonly<Record<Counter["unit"], string>> = { percent: "%", kiloBytes: "KB", megaBytes: "MB" };

/** A counter as vim25 shows it. */
export const counterInfo = (counter: Counter): vim.PerfCounterInfo => ({
  key: counter.key,
  nameInfo: described(counter.name, counter.label, counter.summary),
  groupInfo: described(counter.group, "Memory", "Memory"),
  unitInfo: described(counter.unit, units[counter.unit], units[counter.unit]),
  rollupType: counter.rollup,
  statsType: "absolute",
  level: counter.level,
  perDeviceLevel: counter.perDeviceLevel,
});
