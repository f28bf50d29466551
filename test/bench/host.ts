import { Host } from "../../sdk/host/host.ts";
import type { Connection } from "../../sdk/host/session/connection.ts";
import type { Ref } from "../../sdk/vim/index.ts";
import type { Report } from "./runner/child.ts";

export const group = "host";

const FORKS = 300;
const FIRST_TASKS = 40;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

function microseconds(work: () => void): number {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1000;
}

/** A vCenter of so many machines that run, in two clusters of 64 hosts. */
const hostOf = (machines: number): Host =>
  Host.start({
    seed: 1,
    inventory: { clusters: 2, hosts: 64, standaloneHosts: 0, machines: machines / 2, datastores: 4 },
  });

function forks(host: Host): number {
  const times: number[] = [];
  for (let i = 0; i < FORKS; i++) {
    let twin = host;
    times.push(microseconds(() => (twin = host.fork())));
    twin.close();
  }
  return median(times.slice(FORKS / 10));
}

/** The first power operation in a fresh twin: it pays for what the fork put off. */
function firstTasks(host: Host): number {
  const [first] = [...host.universe.state.objects.values()].filter(({ kind }) => kind === "VirtualMachine");
  const machine: Ref<"VirtualMachine"> = { type: "VirtualMachine", value: `vm-${first?.id}` };
  const times: number[] = [];
  for (let i = 0; i < FIRST_TASKS; i++) {
    const twin = host.fork();
    const client: Connection = twin.connect({ loggedIn: true, userAgent: "bench" });
    times.push(microseconds(() => twin.call(client, machine, "PowerOffVM_Task", {})));
    twin.close();
  }
  return median(times.slice(FIRST_TASKS / 10));
}

/** What a whole vCenter costs: to start, to keep, to fork, and to use once it is forked. */
export async function run(report: Report): Promise<void> {
  const small = hostOf(10_000);
  report("host.fork_us.10k", forks(small), "us", 100);
  const starts = [0, 1, 2].map(() => microseconds(() => hostOf(10_000).close()) / 1000);
  report("host.start_ms.10k", median(starts), "ms");
  small.close();

  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const large = hostOf(100_000);
  globalThis.gc?.();
  report("host.bytes_per_vm.100k", (process.memoryUsage().rss - before) / 100_000, "bytes");
  report("host.fork_us.100k", forks(large), "us", 100);
  report("host.fork_first_task_us.100k", firstTasks(large), "us", 5_000);
  large.close();
}
