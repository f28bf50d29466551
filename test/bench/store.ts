import { PageStore } from "../../sdk/host/cow/page-store.ts";

export const group = "store";

const PAGE = 4096;
const GIB = 2 ** 30;
const FORKS = 100_000;
const RUNS = 7;

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

/** The median over several runs of what one call takes; the first run, which warms up, does not count. */
function each(count: number, work: (i: number) => void, after: () => void = () => {}): number {
  const times: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    const time = microseconds(() => {
      for (let i = 0; i < count; i++) work(i);
    });
    after();
    if (run > 0) times.push(time / count);
  }
  return median(times);
}

/** What the page store costs. */
export async function run(report: (name: string, value: number, unit: string) => void): Promise<void> {
  const { store, memory, disk } = parent();
  const forks: number[] = [];
  const releaseAll = () => {
    for (const handle of forks.splice(0)) store.release(handle);
    store.touched();
  };
  const forkBoth = (i: number) => {
    forks.push(store.fork(memory, i + 2, 0), store.fork(disk, i + 2, 1));
  };

  report("fork.store_us", each(20_000, forkBoth, releaseAll), "us");

  const releases: number[] = [];
  for (let i = 0; i <= RUNS; i++) {
    for (let n = 0; n < 20_000; n++) forkBoth(n);
    releases.push(microseconds(releaseAll) / 40_000);
  }
  report("store.release_us", median(releases.slice(1)), "us");

  const word = new Uint8Array(64).fill(7);
  const places = Array.from({ length: 4096 }, (_, i) => ((i * 7919) % (8 * 2 ** 18)) * PAGE + 128);
  const writes: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    for (let i = 0; i < 2000; i++) forks.push(store.fork(memory, i + 2, 0));
    const all = microseconds(() => {
      for (const [i, fork] of forks.entries()) store.write(fork, places[i % 500] ?? 0, word);
    });
    writes.push(all / 2000);
    releaseAll();
  }
  report("store.first_write_us", median(writes.slice(1)), "us");

  const own = store.fork(memory, 2, 0);
  const flip = [new Uint8Array(64).fill(1), new Uint8Array(64).fill(2)];
  for (const place of places) store.write(own, place, word);
  report(
    "store.write_us",
    each(20_000, (i) => store.write(own, places[i & 4095] ?? 0, flip[(i >>> 12) & 1] ?? word)),
    "us",
  );
  report(
    "store.figures_us",
    each(100_000, () => store.figures(own)),
    "us",
  );

  const target = new Uint8Array(PAGE);
  const near = each(50_000, (i) => store.readInto(own, (places[i & 4095] ?? 128) - 128, target));
  let deep = own;
  for (let depth = 0; depth < 1000; depth++) {
    deep = store.fork(deep, depth + 3, 0);
    store.write(deep, (places[depth] ?? 0) + 64, word);
    forks.push(deep);
  }
  const far = each(50_000, (i) => store.readInto(deep, (places[i & 4095] ?? 128) - 128, target));
  report("read.page_us", near, "us");
  report("read.depth_ratio", far / near, "x");
  releaseAll();
  store.release(own);

  const before = store.bytes;
  for (let i = 0; i < FORKS / 2; i++) forkBoth(i);
  report("store.bytes_per_fork", (store.bytes - before) / FORKS, "bytes");

  const twins: number[] = [];
  const firsts: number[] = [];
  for (let i = 0; i < 60; i++) {
    let twin = store;
    twins.push(microseconds(() => (twin = store.forkStore())));
    firsts.push(microseconds(() => twin.write(forks[i * 100] ?? memory, places[i] ?? 0, word)));
    twin.close();
  }
  report("store.twin_us", median(twins.slice(10)), "us");
  report("store.twin_first_write_us", median(firsts.slice(10)), "us");
  store.close();
}
