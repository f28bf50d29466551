import { Host } from "../../sdk/host/host.ts";
import type { Ref } from "../../sdk/vim/index.ts";
import type { Report } from "./runner/child.ts";
import { clientOf, forker } from "./runner/forks.ts";

export const group = "fork";

const GiB = 2 ** 30;
const PAGE = 4096;
/** What each fork has of its own: 64 KiB of memory, every byte of it set. */
const OWN = 64 * 1024;
/** What a small file dirties of an ext4 filesystem: its data, its inode, its directory, bitmaps, group descriptors. */
const FILE_PAGES = 7;

/** How many live forks of a machine of 8 GiB fit in 2 GiB of resident memory, each with memory and a file of its own. */
export async function run(report: Report): Promise<void> {
  const host = Host.start({ seed: 1 });
  const fork = forker(clientOf(host));
  const bytes = new Uint8Array(OWN);
  const first = host.universe.state.nextId;
  let forks = 0;
  while (process.memoryUsage.rss() < 2 * GiB) {
    const machine: Ref<"VirtualMachine"> = { type: "VirtualMachine", value: `vm-${first + forks}` };
    fork(`desk-${forks}`);
    for (let i = 0; i < OWN; i += 4) bytes[i] = 1 + ((forks + i) % 255);
    host.writeBytes(machine, undefined, ((forks * 7919) % 2 ** 16) * OWN, bytes);
    for (let page = 0; page < FILE_PAGES; page++)
      host.writeBytes(machine, 0, (page * 1009 + (forks % 64)) * PAGE, bytes.subarray(0, 256));
    forks++;
  }
  report("fork.live_2gib", forks, "forks");
  host.close();
}
