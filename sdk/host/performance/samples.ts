import type { Ref, vim } from "../../vim/index.ts";
import { invalidArgument } from "../faults.ts";
import { resolve } from "../inventory/lookup.ts";
import type { View } from "../state/view.ts";
import { type Counter, counterOf, counters } from "./counters.ts";
import { hostMemory, machineMemory } from "./memory-figures.ts";

/** Seconds between real-time samples, as on a real host. */
export const realTime = 20;

/** What one counter reads of an object now; undefined where such an object has no such counter. */
type Reading = (counter: Counter) => number | undefined;

/** How the counters of an object read at this moment. Of other objects than machines and hosts there are none. */
function readingOf(view: View, entity: Ref): Reading {
  const found = resolve(view, entity);
  if (found.kind === "VirtualMachine") {
    const figures = machineMemory(view, found);
    return (counter) => counter.ofMachine?.(figures, found);
  }
  if (found.kind === "HostSystem") {
    const figures = hostMemory(view, found);
    return (counter) => counter.ofHost?.(figures, found);
  }
  return () => undefined;
}

/** The counters that an object has, whatever they read. */
export function countersOf(view: View, entity: Ref): readonly Counter[] {
  const { kind } = resolve(view, entity);
  if (kind === "VirtualMachine") return counters.filter(({ ofMachine }) => ofMachine);
  return kind === "HostSystem" ? counters.filter(({ ofHost }) => ofHost) : [];
}

/**
 * Answers one query. There is one real-time sample, of this very moment, and no history: a query for other intervals, or for a time
 * that does not reach to now, finds no samples, as on a vCenter that has not collected any.
 */
export function sample(view: View, query: vim.PerfQuerySpec, path: string): vim.PerfEntityMetricBase {
  const offered = new Set(countersOf(view, query.entity).map(({ key }) => key));
  const wanted = (query.metricId ?? []).map((id, i): Counter => {
    const counter = counterOf(id.counterId);
    if (counter) return counter;
    throw invalidArgument(
      `${path}.metricId[${i}].counterId`,
      `There is no counter ${id.counterId} here. PerformanceManager.perfCounter lists those that are simulated.`,
    );
  });
  const instances = query.metricId?.map(({ instance }) => instance);
  const chosen = query.metricId === undefined || query.metricId.length === 0 ? counters : wanted;
  const current = isCurrent(view, query);
  const reading: Reading = current ? readingOf(view, query.entity) : () => undefined;
  const series = chosen.flatMap((counter, i) => {
    const instance = instances?.[i] ?? "";
    const value = offered.has(counter.key) && (instance === "" || instance === "*") ? reading(counter) : undefined;
    return value === undefined ? [] : [{ id: { counterId: counter.key, instance: "" }, value }];
  });
  const timestamp = new Date(view.now).toISOString();
  const { entity } = query;
  if (query.format === "csv") {
    const csv: vim.PerfEntityMetricCSV = {
      _typeName: "PerfEntityMetricCSV",
      entity,
      sampleInfoCSV: series.length > 0 ? `${realTime},${timestamp}` : "",
      value: series.map(({ id, value }) => ({ id, value: String(value) })),
    };
    return csv;
  }
  const metric: vim.PerfEntityMetric = {
    _typeName: "PerfEntityMetric",
    entity,
    sampleInfo: series.length > 0 ? [{ timestamp, interval: realTime }] : [],
    value: series.map(
      ({ id, value }): vim.PerfMetricIntSeries => ({
        _typeName: "PerfMetricIntSeries",
        id,
        value: [value],
      }),
    ),
  };
  return metric;
}

/** Whether a query reaches the one sample there is. */
function isCurrent(view: View, { intervalId, startTime, endTime, maxSample }: vim.PerfQuerySpec): boolean {
  if (maxSample !== undefined && maxSample <= 0) return false;
  if (intervalId !== undefined && intervalId !== realTime) return false;
  if (startTime !== undefined && Date.parse(startTime) > view.now) return false;
  // A caller's clock need not be the server's to the second.
  return endTime === undefined || Date.parse(endTime) >= view.now - realTime * 1000;
}
