import { equal } from "node:assert/strict";
import type { InventoryDescription } from "../../../../sdk/host/inventory/description.ts";
import { devicesOf, isCard } from "../../../../sdk/host/machine/devices.ts";
import { isPortBacking } from "../../../../sdk/host/network/ports.ts";
import { idOf, refOf } from "../../../../sdk/host/state/id.ts";
import type { PortgroupRecord, SwitchRecord } from "../../../../sdk/host/state/switch-record.ts";
import type { Ref, vim } from "../../../../sdk/vim/index.ts";
import { expectConsistent } from "../machine/invariants.ts";
import type { Vcenter } from "../machine/vcenter.ts";

export const manager = { type: "DistributedVirtualSwitchManager", value: "DVSManager" } as const;

/** A datacenter with a switch `DVS0` on two of its three hosts; `golden` is frozen and `web` runs, both on `pg-a`. */
export const inventory: InventoryDescription = {
  datacenters: [
    {
      name: "DC",
      clusters: [{ name: "C", hosts: ["H1", "H2", "H3"].map((name) => ({ name, memoryGiB: 64 })) }],
      datastores: [{ name: "D1" }],
      switches: [
        {
          name: "DVS0",
          hosts: ["H1", "H2"],
          portgroups: ["pg-a", { name: "pg-b", ports: 2, vlan: 20 }, { name: "pg-e", binding: "ephemeral" }],
        },
      ],
      machines: [
        { name: "golden", on: "H1", networks: ["pg-a"], disks: [{ sizeGiB: 1 }], memoryGiB: 1 / 64, power: "frozen" },
        { name: "web", on: "H2", networks: ["pg-a", "VM Network"], disks: [], memoryGiB: 1 / 64, power: "poweredOn" },
      ],
    },
  ],
};

export const theSwitch = (vc: Vcenter, name = "DVS0"): SwitchRecord => vc.find("VmwareDistributedVirtualSwitch", name);
export const group = (vc: Vcenter, name: string): PortgroupRecord => vc.find("DistributedVirtualPortgroup", name);
export const fetch = (vc: Vcenter, self: Ref, prop: string): unknown => vc.call(self, "Fetch", { prop });

/** The backing that clients build from what they read of a port group. */
export function onGroup(
  vc: Vcenter,
  name: string,
  portKey?: string,
): vim.VirtualEthernetCardDistributedVirtualPortBackingInfo {
  const found = group(vc, name);
  const owner = vc.state.objects.get(found.switch);
  const switchUuid = String(fetch(vc, refOf(owner ?? found), "uuid"));
  return {
    _typeName: "VirtualEthernetCardDistributedVirtualPortBackingInfo",
    port: { switchUuid, portgroupKey: idOf(found), ...(portKey === undefined ? {} : { portKey }) },
  };
}

export const moveCard = (backing: vim.VirtualDeviceBackingInfo, key = 4000): vim.VirtualDeviceConfigSpec => ({
  operation: "edit",
  device: { _typeName: "VirtualVmxnet3", key, backing },
});

/** The cards of a machine as a client reads them. */
export function cardsOf(vc: Vcenter, name: string): vim.VirtualEthernetCard[] {
  const hardware = fetch(vc, refOf(vc.machine(name)), "config.hardware.device");
  const devices: unknown[] = Array.isArray(hardware) ? hardware : [];
  return devices.filter((device): device is vim.VirtualEthernetCard => {
    const type = typeof device === "object" && device !== null && "_typeName" in device ? device._typeName : "";
    return type === "VirtualVmxnet3";
  });
}

export const portsOf = (vc: Vcenter, criteria: object = {}): vim.DistributedVirtualPort[] =>
  vc.call(refOf(theSwitch(vc)), "FetchDVPorts", { criteria }) as vim.DistributedVirtualPort[];

/** What is kept of ports agrees with the machines, whatever has been done. */
export function expectPorts(vc: Vcenter): void {
  expectConsistent(vc);
  const keys = new Set<number>();
  for (const record of vc.state.objects.values()) {
    if (record.kind !== "DistributedVirtualPortgroup") continue;
    equal(record.used.size, record.cards.size);
    for (const key of [...record.free.keys(), ...record.used.keys()]) {
      equal(keys.has(key), false, `port ${key} is there twice`);
      keys.add(key);
    }
    if (record.uplink) continue;
    const wanted = new Set<string>();
    const vms = new Set<number>();
    for (const machine of vc.state.objects.values()) {
      if (machine.kind !== "VirtualMachine") continue;
      for (const card of devicesOf(machine).filter(isCard)) {
        if (!isPortBacking(card.backing) || card.backing.port.portgroupKey !== idOf(record)) continue;
        vms.add(machine.id);
        if (record.type !== "ephemeral" || machine.power !== "poweredOff") wanted.add(`${machine.id}/${card.key}`);
      }
    }
    const has = new Set([...record.used.values()].map(({ owner, card }) => `${owner}/${card}`));
    equal([...has].sort().join(), [...wanted].sort().join(), `who is on ${record.name}`);
    equal([...record.vms.keys()].join(), [...vms].sort((a, b) => a - b).join());
    if (record.type === "ephemeral") equal(record.free.size, 0);
    for (const [key, { owner, card }] of record.used.entries())
      equal(record.cards.get(owner * 64 + ((card - 4000) & 63)), key);
  }
}
