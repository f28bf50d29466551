import { changeGuestFiles, type GuestFiles, readGuestFiles } from "../../sdk/host/guest/files/guest-files.ts";
import { Host } from "../../sdk/host/host.ts";
import type { MachineRecord } from "../../sdk/host/state/machine-record.ts";
import type { Report } from "./runner/child.ts";
import { clientOf, forker } from "./runner/forks.ts";

export const group = "guest_files";

const FORKS = 400;
const WARM = 100;
const LARGE = 64 * 2 ** 20;

const microseconds = () => Number(process.hrtime.bigint()) / 1000;
const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
};

/** What files of a guest cost: mounted, done and unmounted, each write in a transaction of its own. */
export async function run(report: Report): Promise<void> {
  const host = Host.start({ seed: 1 });
  const fork = forker(clientOf(host));
  const { universe } = host;
  const first = universe.state.nextId;
  for (let i = 0; i < FORKS; i++) fork(`desk-${i}`);

  const machine = (id: number): MachineRecord => {
    const found = universe.state.objects.get(id);
    if (found?.kind !== "VirtualMachine") throw new Error(`no machine ${id}`);
    return found;
  };
  const change = (id: number, work: (files: GuestFiles) => void) =>
    universe.transact((tx) => changeGuestFiles(tx, id, work));
  const ownPages = (id: number) => universe.pages.figures(machine(id).disks[0]?.space ?? 0).private;
  const timesOf = (work: (id: number) => void): number => {
    const times = Array.from({ length: FORKS }, (_, i) => {
      const start = microseconds();
      work(first + i);
      return microseconds() - start;
    });
    return median(times.slice(WARM));
  };

  const start = microseconds();
  readGuestFiles(universe.view, machine(first), (files) => files.readFile("/etc/hostname"));
  report("guest_files.load_ms", (microseconds() - start) / 1000, "ms");
  report(
    "guest_files.read_us",
    timesOf((id) => readGuestFiles(universe.view, machine(id), (files) => files.readFile("/etc/hostname"))),
    "us",
  );

  const note = Buffer.from("a small file\n");
  report(
    "guest_files.write_us",
    timesOf((id) => change(id, (files) => files.writeFile("/root/note", note))),
    "us",
  );
  report("guest_files.write_pages", ownPages(first), "pages", 8);
  const before = ownPages(first);
  change(first, (files) => files.writeFile("/root/other", note));
  report("guest_files.next_pages", ownPages(first) - before, "pages");
  report(
    "guest_files.change_us",
    timesOf((id) => change(id, (files) => files.writeFile("/etc/hostname", note))),
    "us",
  );

  const large = new Uint8Array(LARGE).fill(1);
  const begun = microseconds();
  change(first, (files) => files.writeFile("/var/tmp/large", large));
  report("guest_files.large_mib_s", LARGE / 2 ** 20 / ((microseconds() - begun) / 1e6), "MiB/s");
  host.close();
}
