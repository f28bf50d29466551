import { Host } from "../../sdk/host/host.ts";
import type { InventoryDescription } from "../../sdk/host/inventory/description.ts";
import type { Ref } from "../../sdk/vim/index.ts";
import type { Report } from "./runner/child.ts";
import { clientOf, forker, golden } from "./runner/forks.ts";

export const group = "million";

const FORKS = 1_000_000;
const GiB = 2 ** 30;

/**
 * One host that has room for a million forks: each sets 1 MiB aside beside its guest's pages, and keeps some 270 kB of small files.
 * The golden machine is that of the lab: frozen, 8 GiB of memory whose pages all differ, a disk of 40 GiB.
 */
const inventory: InventoryDescription = {
  datacenters: [
    {
      name: "DC0",
      hosts: [{ name: "esx-01", memoryGiB: 1_024, cores: 128 }],
      datastores: [{ name: "vmfs-01", capacityGiB: 20_480 }],
      networks: ["desktops"],
      machines: [
        {
          name: "golden",
          on: "esx-01",
          cpus: 2,
          memoryGiB: 8,
          memory: "full",
          disks: [{ sizeGiB: 40, usedGiB: 6 }],
          power: "frozen",
          guest: { hostName: "golden" },
        },
      ],
    },
  ],
};

const residentSet = (): number => {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage.rss();
};
/** The engine counts in kilobytes. */
const highest = (): number => process.resourceUsage().maxRSS * 1024;
const seconds = () => Number(process.hrtime.bigint()) / 1e9;

/**
 * A million live forks of one frozen source, in one process with V8's own limits: each made by InstantClone_Task, with a name, UUIDs,
 * a MAC and guestinfo of its own. Then all of them are switched off and destroyed, as a client would.
 */
export async function run(report: Report): Promise<void> {
  const host = Host.start({ seed: 1, inventory });
  const client = clientOf(host);
  const source = golden(host);
  const fork = forker(client);
  const before = residentSet();

  let start = seconds();
  const busy = process.cpuUsage();
  for (let i = 0; i < FORKS; i++) fork(`desk-${i}`);
  report("million.seconds", seconds() - start, "s", 60);
  const { user, system } = process.cpuUsage(busy);
  report("million.cpu_seconds", (user + system) / 1e6, "s");
  // The most that the process has had so far, not what is left of it after a collection.
  report("million.rss_gib", highest() / GiB, "GiB", 2);
  report("million.live_gib", residentSet() / GiB, "GiB");

  start = seconds();
  const forks = [...host.universe.state.objects.values()].filter(
    ({ kind, id }) => kind === "VirtualMachine" && `vm-${id}` !== source.value,
  );
  if (forks.length !== FORKS) throw new Error(`there are ${forks.length} forks`);
  const ids = Uint32Array.from(forks, ({ id }) => id);
  forks.length = 0;
  for (const id of ids) {
    const machine: Ref<"VirtualMachine"> = { type: "VirtualMachine", value: `vm-${id}` };
    client.call(machine, "PowerOffVM_Task", {});
    client.call(machine, "Destroy_Task", {});
  }
  report("million.destroy_seconds", seconds() - start, "s");
  // While all goes, V8 is in no hurry to collect what has gone.
  report("million.destroy_rss_gib", highest() / GiB, "GiB");
  report("million.left_mib", (residentSet() - before) / 2 ** 20, "MiB");
  host.close();
}
