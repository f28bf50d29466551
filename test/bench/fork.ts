import { Host } from "../../sdk/host/host.ts";
import { rootFolder } from "../../sdk/host/inventory/first.ts";
import { refOf } from "../../sdk/host/state/id.ts";
import type { Ref } from "../../sdk/vim/index.ts";

export const group = "fork";

const LIVE = 100_000;
const WARM = 2_000;
const MEASURED = 20_000;

/** The lab's golden machine: frozen, 8 GiB of memory whose pages all differ, a disk of 40 GiB. */
function golden(host: Host): Ref<"VirtualMachine"> {
  for (const record of host.universe.state.objects.values())
    if (record.kind === "VirtualMachine" && record.name === "golden") return refOf(record);
  throw new Error("the lab has no machine called golden");
}

/** Forks as a client does: a call with arguments that are checked, which makes a task, an event, a machine and its place. */
function forker(host: Host): (name: string) => void {
  const client = host.connect({ loggedIn: true, userAgent: "bench" });
  const source = golden(host);
  return (name) => {
    const config = [{ _typeName: "OptionValue", key: "guestinfo.ic.hostname", value: name }];
    host.call(client, source, "InstantClone_Task", { spec: { name, location: {}, config } });
  };
}

const microseconds = () => Number(process.hrtime.bigint()) / 1000;

/** Times of single calls, sorted. */
function timesOf(count: number, work: (i: number) => void): number[] {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const start = microseconds();
    work(i);
    times.push(microseconds() - start);
  }
  return times.sort((a, b) => a - b);
}

function residentSet(): number {
  const { gc } = globalThis;
  for (let i = 0; i < 3; i++) gc?.();
  return process.memoryUsage.rss();
}

/** What a whole instant clone costs, and what a live one holds. */
export async function run(report: (name: string, value: number, unit: string) => void): Promise<void> {
  const host = Host.start({ seed: 1 });
  const fork = forker(host);
  for (let i = 0; i < WARM; i++) fork(`warm-${i}`);
  const times = timesOf(MEASURED, (i) => fork(`desk-${i}`));
  report("fork.task_us", times[MEASURED >> 1] ?? Number.NaN, "us");
  report("fork.task_p99_us", times[Math.floor(MEASURED * 0.99)] ?? Number.NaN, "us");
  // With the history as long as it gets by default, another fork adds a machine and nothing else.
  const before = residentSet();
  for (let i = 0; i < LIVE; i++) fork(`live-${i}`);
  report("fork.bytes_per_vm", (residentSet() - before) / LIVE, "bytes");
  if (!host.universe.state.objects.has(rootFolder)) throw new Error("the inventory is gone");
  host.close();
}
