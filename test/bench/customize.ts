import { Host } from "../../sdk/host/host.ts";
import { numberIn, refOf } from "../../sdk/host/state/id.ts";
import type { MachineRecord } from "../../sdk/host/state/machine-record.ts";
import type { Report } from "./runner/child.ts";
import { clientOf } from "./runner/forks.ts";

export const group = "customize";

const FORKS = 600;
const WARM = 200;

/**
 * From the call of InstantClone_Task to the guest's own host name and address in `guest`: the fork goes on in the script that its
 * source froze in, which reads guestinfo, loads the driver of the network cards anew, writes its configuration to the disk and has
 * systemd-networkd read it.
 */
export async function run(report: Report): Promise<void> {
  const host = Host.start({ seed: 1 });
  const client = clientOf(host);
  const machines = () => [...host.universe.state.objects.values()].filter((record) => record.kind === "VirtualMachine");
  const source = machines().find(({ name }) => name === "photon-golden");
  if (!source) throw new Error("the lab has no machine called photon-golden");
  const times: number[] = [];
  for (let i = 0; i < FORKS; i++) {
    const identity = {
      hostname: `desk-${i}`,
      ipaddress: `10.1.${i >> 8}.${i & 255}`,
      netmask: "255.255.0.0",
      gateway: "10.1.255.254",
      dns: "10.0.0.53",
    };
    const config = Object.entries(identity).map(([key, value]) => ({
      _typeName: "OptionValue",
      key: `guestinfo.ic.${key}`,
      value,
    }));
    const start = process.hrtime.bigint();
    const task = client.call(refOf(source), "InstantClone_Task", { spec: { name: `desk-${i}`, location: {}, config } });
    await host.idle();
    times.push(Number(process.hrtime.bigint() - start) / 1e6);
    const { guest } = forkOf(host, task);
    if (guest.hostName !== identity.hostname || guest.ipAddress !== identity.ipaddress)
      throw new Error(`${identity.hostname} did not become what it was to be`);
  }
  const warm = times.slice(WARM).sort((a, b) => a - b);
  report("guest.customize_ms", warm[warm.length >> 1] ?? Number.NaN, "ms", 5);
  report("guest.customize_first_ms", times[0] ?? Number.NaN, "ms");
  host.close();
}

function forkOf(host: Host, task: unknown): MachineRecord {
  const id = typeof task === "object" && task !== null && "value" in task ? numberIn(String(task.value)) : 0;
  const { result } = host.universe.state.tasks.get(id) ?? {};
  const found = typeof result === "object" && result !== null && "value" in result ? numberIn(String(result.value)) : 0;
  const record = host.universe.state.objects.get(found);
  if (record?.kind !== "VirtualMachine") throw new Error("the task has made no machine");
  return record;
}
