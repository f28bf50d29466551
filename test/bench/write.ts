import { Host } from "../../sdk/host/host.ts";
import type { Ref } from "../../sdk/vim/index.ts";
import type { Report } from "./runner/child.ts";
import { clientOf, forker } from "./runner/forks.ts";

export const group = "write";

const FORKS = 4_000;
const WARM = 1_000;
const PAGE = 4096;

const microseconds = () => Number(process.hrtime.bigint()) / 1000;
const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
};

/** What a guest's write costs, each a transaction of its own; and what it costs to destroy the machine that wrote. */
export async function run(report: Report): Promise<void> {
  const host = Host.start({ seed: 1 });
  const client = clientOf(host);
  const fork = forker(client);
  const first = host.universe.state.nextId;
  for (let i = 0; i < FORKS; i++) fork(`desk-${i}`);
  const machines = Array.from({ length: FORKS }, (_, i): Ref<"VirtualMachine"> => {
    return { type: "VirtualMachine", value: `vm-${first + i}` };
  });

  const word = (i: number) => new Uint8Array(64).fill(1 + (i % 255));
  const timesOf = (work: (machine: Ref<"VirtualMachine">, i: number) => void): number => {
    const times = machines.map((machine, i) => {
      const start = microseconds();
      work(machine, i);
      return microseconds() - start;
    });
    return median(times.slice(WARM));
  };

  // Each to a machine that shares all its memory with four thousand others until then.
  const place = (i: number) => ((i * 7919) % 2 ** 21) * PAGE + 128;
  report(
    "write.first_us",
    timesOf((machine, i) => host.writeBytes(machine, undefined, place(i), word(i))),
    "us",
    40,
  );
  report(
    "write.owned_us",
    timesOf((machine, i) => host.writeBytes(machine, undefined, place(i), word(i + 1))),
    "us",
  );
  report(
    "write.disk_first_us",
    timesOf((machine, i) => host.writeBytes(machine, 0, place(i), word(i))),
    "us",
  );

  for (const machine of machines) client.call(machine, "PowerOffVM_Task", {});
  report(
    "destroy_us",
    timesOf((machine) => void client.call(machine, "Destroy_Task", {})),
    "us",
  );
  host.close();
}
