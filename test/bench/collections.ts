import { PersistentIndex } from "../../sdk/host/cow/persistent-index.ts";
import { PersistentMap } from "../../sdk/host/cow/persistent-map.ts";

export const group = "collections";

const ENTRIES = 100_000;
const BATCH = 1000;
const BATCHES = 301;

const value = {};
const others = [{}, {}] as const;
const names = Array.from({ length: ENTRIES }, (_, i) => flat(`desk-${String(i).padStart(5, "0")}`));
/** Keys in no order, the same in every run: neighbours in time are no neighbours in memory. */
const keys = Array.from({ length: BATCH * BATCHES }, (_, i) => Math.imul(i + 1, 0x9e3779b1) >>> 0).map(
  (n) => n % ENTRIES,
);
const picked = keys.map((key) => names[key] ?? "");

/** What the persistent collections cost at 100,000 entries: medians over batches of operations on keys in no order. */
export async function run(report: (name: string, value: number, unit: string) => void): Promise<void> {
  const map = numbered();
  report(
    "collections.map.get_us",
    median((i) => map.get(keys[i] ?? 0)),
    "us",
  );
  const mapDraft = map.asDraft();
  report(
    "collections.map.set_transient_us",
    median((i) => mapDraft.set(keys[i] ?? 0, others[i & 1] ?? value)),
    "us",
  );
  let nextMap = map;
  const setMap = (i: number) => {
    nextMap = nextMap.set(keys[i] ?? 0, others[i & 1] ?? value);
  };
  report("collections.map.set_persistent_us", median(setMap), "us");
  let grown = map;
  const append = (i: number) => {
    grown = grown.set(ENTRIES + i, value);
  };
  report("collections.map.append_persistent_us", median(append), "us");
  const compare = (i: number) => PersistentMap.diff(map, map.set(keys[i] ?? 0, {}), () => {});
  report("collections.map.set_and_diff_us", median(compare), "us");
  report("collections.map.bytes_per_entry", bytes(numbered) / ENTRIES, "bytes");

  const index = named();
  report(
    "collections.index.get_us",
    median((i) => index.get(picked[i] ?? "")),
    "us",
  );
  const indexDraft = index.asDraft();
  report(
    "collections.index.set_transient_us",
    median((i) => indexDraft.set(picked[i] ?? "", others[i & 1] ?? value)),
    "us",
  );
  let nextIndex = index;
  const setIndex = (i: number) => {
    nextIndex = nextIndex.set(picked[i] ?? "", others[i & 1] ?? value);
  };
  report("collections.index.set_persistent_us", median(setIndex), "us");
  const fresh = Array.from({ length: BATCH * BATCHES }, (_, i) => flat(`web-${i}`));
  let wider = index;
  const insert = (i: number) => {
    wider = wider.set(fresh[i] ?? "", value);
  };
  report("collections.index.insert_persistent_us", median(insert), "us");
  const compareNames = (i: number) => PersistentIndex.diff(index, index.set(picked[i] ?? "", {}), () => {});
  report("collections.index.set_and_diff_us", median(compareNames), "us");
  report("collections.index.bytes_per_entry", bytes(named) / ENTRIES, "bytes");
}

function numbered(): PersistentMap<object> {
  return PersistentMap.empty<object>().edit((draft) => {
    for (let i = 0; i < ENTRIES; i++) draft.set(i, value);
  });
}

function named(): PersistentIndex<object> {
  return PersistentIndex.empty<object>().edit((draft) => {
    for (const name of names) draft.set(name, value);
  });
}

/** Microseconds per operation. */
function median(operation: (i: number) => unknown): number {
  const times: number[] = [];
  for (let batch = 0; batch < BATCHES; batch++) {
    const start = process.hrtime.bigint();
    for (let i = batch * BATCH; i < (batch + 1) * BATCH; i++) operation(i);
    times.push(Number(process.hrtime.bigint() - start) / BATCH / 1000);
  }
  return times.sort((a, b) => a - b)[BATCHES >> 1] ?? Number.NaN;
}

/** What something keeps of the heap, beyond the keys and values it is given. Ten of them, so that noise is a tenth. */
function bytes(make: () => object): number {
  if (gc === undefined) throw new Error("heap figures need node --expose-gc");
  const copies = 10;
  make();
  gc();
  const before = process.memoryUsage().heapUsed;
  const kept = Array.from({ length: copies }, make);
  gc();
  return (process.memoryUsage().heapUsed - before) / kept.length;
}

/** A string of its own characters, as the wire delivers it, not a rope of its parts. */
function flat(text: string): string {
  return Buffer.from(text).toString("latin1");
}
