import { PageStore } from "../../sdk/host/cow/page-store.ts";
import type { Report } from "./runner/child.ts";

export const group = "store";

const PAGE = 4096;
const GIB = 2 ** 30;
const FORKS = 100_000;
/** Short batches, so that most of them are not interrupted, and many, so that the median is one of those. */
const RUNS = 41;
const WARM_UP = 10;

/** A store with a machine in it: 8 GiB of memory, every page of it different, and a thin disk of 40 GiB with 64 MiB on it. */
function parent(): { store: PageStore; memory: number; disk: number } {
  const store = new PageStore();
  const memory = store.create({ bytes: 8 * GIB, owner: 1, account: 0, seed: 42 });
  const disk = store.create({ bytes: 40 * GIB, owner: 1, account: 1 });
  const block = new Uint8Array(PAGE);
  for (let i = 0; i < 16384; i++) {
    block.fill(1 + (i % 255));
    store.write(disk, i * 10 * PAGE * 64, block);
  }
  return { store, memory, disk };
}

function microseconds(work: () => void): number {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1000;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/** Runs a batch many times; the median of what one call of it takes. `after` undoes the batch and is not counted. */
function each(count: number, work: (i: number) => void, after: () => void = () => {}): number {
  const times: number[] = [];
  for (let run = -WARM_UP; run < RUNS; run++) {
    const time = microseconds(() => {
      for (let i = 0; i < count; i++) work(i);
    });
    after();
    if (run >= 0) times.push(time / count);
  }
  return median(times);
}

/** What the page store costs. */
export async function run(report: Report): Promise<void> {
  const { store, memory, disk } = parent();
  const forks: number[] = [];
  const releaseAll = () => {
    for (const handle of forks.splice(0)) store.release(handle);
    store.touched();
  };
  const forkBoth = (i: number) => {
    forks.push(store.fork(memory, i + 2, 0), store.fork(disk, i + 2, 1));
  };

  report("fork.store_us", each(2000, forkBoth, releaseAll), "us", 2);

  const handles = Array.from({ length: 4000 }, () => 0);
  const refill = () => {
    for (let i = 0; i < handles.length; i++) handles[i] = store.fork(memory, i + 2, 0);
  };
  refill();
  report(
    "store.release_us",
    each(handles.length, (i) => store.release(handles[i] ?? 0), refill),
    "us",
  );
  for (const handle of handles) store.release(handle);

  const word = new Uint8Array(64).fill(7);
  const places = Array.from({ length: 4096 }, (_, i) => ((i * 7919) % (8 * 2 ** 18)) * PAGE + 128);
  const fresh = Array.from({ length: 250 }, (_, i) => store.fork(memory, i + 2, 0));
  const firstWrite = each(
    fresh.length,
    (i) => store.write(fresh[i] ?? 0, places[i] ?? 0, word),
    () => {
      for (const [i, fork] of fresh.entries()) {
        store.release(fork);
        fresh[i] = store.fork(memory, i + 2, 0);
      }
    },
  );
  report("store.first_write_us", firstWrite, "us");
  for (const fork of fresh) store.release(fork);

  const own = store.fork(memory, 2, 0);
  const flip = [new Uint8Array(64).fill(1), new Uint8Array(64).fill(2)];
  for (const place of places) store.write(own, place, word);
  let turn = 0;
  const write = each(
    4096,
    (i) => store.write(own, places[i] ?? 0, flip[turn & 1] ?? word),
    () => turn++,
  );
  report("store.write_us", write, "us");
  report(
    "store.figures_us",
    each(10_000, () => store.figures(own)),
    "us",
  );

  let deep = own;
  for (let depth = 0; depth < 1000; depth++) {
    deep = store.fork(deep, depth + 3, 0);
    store.write(deep, (places[depth] ?? 0) + 64, word);
    forks.push(deep);
  }
  const target = new Uint8Array(PAGE);
  const read = (space: number) =>
    microseconds(() => {
      for (const place of places) store.readInto(space, place - 128, target);
    }) / places.length;
  const pairs = Array.from({ length: WARM_UP + RUNS }, () => [read(own), read(deep)] as const).slice(WARM_UP);
  report("read.page_us", median(pairs.map(([near]) => near)), "us");
  report("read.depth_ratio", median(pairs.map(([near, far]) => far / near)), "x", 1.5);
  releaseAll();
  store.release(own);

  const before = store.bytes;
  for (let i = 0; i < FORKS / 2; i++) forkBoth(i);
  report("store.bytes_per_fork", (store.bytes - before) / FORKS, "bytes");

  const twins: number[] = [];
  const firsts: number[] = [];
  for (let i = 0; i < 200; i++) {
    let twin = store;
    twins.push(microseconds(() => (twin = store.forkStore())));
    firsts.push(microseconds(() => twin.write(forks[i * 100] ?? memory, places[i] ?? 0, word)));
    twin.close();
  }
  report("store.twin_us", median(twins.slice(50)), "us");
  report("store.twin_first_write_us", median(firsts.slice(50)), "us");
  store.close();
}
