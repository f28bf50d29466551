import { changeGuestFiles } from "../../sdk/host/guest/files/guest-files.ts";
import { Host } from "../../sdk/host/host.ts";
import type { Ref } from "../../sdk/vim/index.ts";
import type { Report } from "./runner/child.ts";
import { clientOf, forker } from "./runner/forks.ts";

export const group = "fork";

const GiB = 2 ** 30;
/** What each fork has of its own: 64 KiB of memory, every byte of it set. */
const OWN = 64 * 1024;
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
    const name = new TextEncoder().encode(`desk-${forks}\n`);
    host.universe.transact((tx) => changeGuestFiles(tx, first + forks, (files) => files.writeFile("/etc/desk", name)));
    forks++;
  }
  report("fork.live_2gib", forks, "forks");
  host.close();
}
