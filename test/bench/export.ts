import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, type VirtualMachine } from "../../sdk/index.ts";
import type { Report } from "./runner/child.ts";

export const group = "export";

const MIB = 2 ** 20;
const RUNS = 9;
/** How much a disk holds whose throughput is measured. */
const FILLED = 192 * MIB;

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = -1; run < RUNS; run++) {
    const start = process.hrtime.bigint();
    await work();
    if (run >= 0) times.push(Number(process.hrtime.bigint() - start) / 1e6);
  }
  times.sort((a, b) => a - b);
  return times[RUNS >> 1] ?? Number.NaN;
}

/** Content that compresses as file systems do: every second KiB is text, the rest looks like chance. */
async function fill(vm: VirtualMachine): Promise<void> {
  const bytes = Buffer.alloc(MIB);
  for (let at = 0, seed = 1; at < FILLED; at += MIB) {
    for (let n = 0; n < MIB; n += 4) {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) | 0;
      bytes.writeInt32LE((n >> 10) & 1 ? seed : 0x20746865 + (n & 0xff), n);
    }
    await vm.disk.write(16 * 2 ** 30 + at, bytes);
  }
}

/** What it takes to write disks to files and to read them back, through the SDK, with the file system's own time. */
export async function run(report: Report): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "fargo-bench-"));
  const vc = await connect();
  try {
    const golden = await vc.find.virtualMachine("golden");
    const fork = await golden.instantClone({ name: "export" });
    await fork.guest.writeFile("/etc/motd", "written by the fork", { overwrite: true });
    const file = (name: string) => join(folder, name);
    // 40 GiB, of which not even 7 MiB are there.
    report("export.thin_40gib_ms", await milliseconds(() => fork.exportDisk(file("thin.vmdk"))), "ms");
    report("export.delta_ms", await milliseconds(() => fork.exportDisk(file("delta.vmdk"), { chain: "delta" })), "ms");
    await fill(fork);
    const held = (await fork.disk.figures()).mapped / MIB;
    const perSecond = (ms: number) => (held / ms) * 1000;
    const sparse = await milliseconds(() => fork.exportDisk(file("sparse.vmdk")));
    report("export.sparse_mib_s", perSecond(sparse), "MiB/s");
    const format = "streamOptimized";
    const streamed = await milliseconds(() => fork.exportDisk(file("stream.vmdk"), { format }));
    report("export.stream_mib_s", perSecond(streamed), "MiB/s");
    const datastore = await vc.find.datastore("vmfs-01");
    let n = 0;
    const back = async (name: string) => void (await datastore.importDisk(file(name), `back-${++n}.vmdk`));
    report("import.sparse_mib_s", perSecond(await milliseconds(() => back("sparse.vmdk"))), "MiB/s");
    report("import.stream_mib_s", perSecond(await milliseconds(() => back("stream.vmdk"))), "MiB/s");
  } finally {
    await vc.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
