import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { machineOfMac, macOf } from "../../../../sdk/host/random.ts";
import type { vim } from "../../../../sdk/vim/index.ts";
import { expectConsistent } from "./invariants.ts";
import { Vcenter } from "./vcenter.ts";

let vc: Vcenter;
beforeEach(() => {
  vc = new Vcenter();
});
afterEach(() => vc.close());

const conflicts = () =>
  vc.events().filter(({ type, eventTypeId }) => `${eventTypeId ?? type}`.includes("ConflictEvent"));
const card = (device: Partial<vim.VirtualVmxnet3>): vim.VirtualDeviceConfigSpec => ({
  operation: "edit",
  device: { _typeName: "VirtualVmxnet3", key: 4000, ...device },
});
const reconfigure = (name: string, device: Partial<vim.VirtualVmxnet3>) =>
  vc.vm(name, "ReconfigVM_Task", { spec: { deviceChange: [card(device)] } });
const connect = (name: string, connected: boolean) =>
  reconfigure(name, { connectable: { connected, startConnected: connected, allowGuestControl: true } });
const off = {
  location: {
    deviceChange: [card({ connectable: { connected: false, startConnected: true, allowGuestControl: true } })],
  },
};

describe("two machines with one IP address on one network", () => {
  it("raise an event, which names both", () => {
    vc.instantClone("web-01", "copy");
    expect(conflicts()).toMatchObject([{ type: "EventEx", eventTypeId: "fargo.vm.IpConflictEvent", vmName: "copy" }]);
    expect(conflicts()[0]?.more).toMatchObject({
      severity: "warning",
      message: "'copy' and 'web-01' both have the address 192.168.10.11 on the network 'servers'.",
    });
    expectConsistent(vc);
  });

  it("raise it once for as long as it lasts, and again when it begins again", () => {
    for (const name of ["a", "b", "c"]) vc.instantClone("web-01", name);
    vc.vm("a", "ReconfigVM_Task", { spec: { annotation: "x" } });
    expect(conflicts()).toHaveLength(1);
    for (const name of ["a", "b", "c"]) connect(name, false);
    expectConsistent(vc);
    connect("b", true);
    expect(conflicts()).toHaveLength(2);
    expectConsistent(vc);
  });

  it("are none while the cards of all but one are disconnected, or on different networks, or the machines off", () => {
    for (const name of ["a", "b"]) vc.instantClone("web-01", name, off);
    expect(conflicts()).toEqual([]);
    reconfigure("a", { backing: { _typeName: "VirtualEthernetCardNetworkBackingInfo", deviceName: "desktops" } });
    connect("a", true);
    vc.vm("web-01", "PowerOffVM_Task", {});
    connect("b", true);
    expect(conflicts()).toEqual([]);
    vc.vm("web-01", "PowerOnVM_Task", {});
    expect(conflicts()).toHaveLength(1);
    expectConsistent(vc);
  });

  it("cost forks nothing that have an address each", () => {
    for (let n = 0; n < 50; n++)
      vc.instantClone("golden", `desk-${n}`, { config: [{ key: "guestinfo.ic.ipaddress", value: `10.0.0.${n}` }] });
    expect([...vc.state.guests.keys()].filter((key) => key.includes("\u0000"))).toEqual([]);
    expect(conflicts()).toEqual([]);
  });
});

describe("two machines with one MAC address on one network", () => {
  const macAddress = "00:50:56:00:00:01";

  it("raise an event, whether it was set by hand or given out", () => {
    for (const name of ["web-01", "web-02"]) reconfigure(name, { addressType: "manual", macAddress });
    expect(conflicts()).toMatchObject([
      {
        type: "VmStaticMacConflictEvent",
        vmName: "web-02",
        more: { mac: macAddress, conflictedVm: { name: "web-01" } },
      },
    ]);
    reconfigure("web-02", { addressType: "manual", macAddress: macOf(vc.machine("db-01").id, 0) });
    expect(conflicts()[1]).toMatchObject({ more: { conflictedVm: { name: "db-01" } } });
    expectConsistent(vc);
  });

  it("raise none where a fork gets an address of its own", () => {
    reconfigure("web-01", { addressType: "manual", macAddress });
    vc.instantClone("web-01", "copy", off);
    connect("copy", true);
    expect(conflicts().filter(({ type }) => type.includes("Mac"))).toEqual([]);
  });

  it("are found after a million machines, when given addresses come round again", () => {
    vc.host.universe.transact((tx) => {
      tx.nextId = vc.machine("web-01").id + 2 ** 20;
    });
    vc.instantClone("web-02", "late", { location: { datastore: vc.ref("Datastore", "vmfs-01") } });
    expect(conflicts().map(({ type, more }) => [type, more?.mac])).toEqual([
      ["VmMacConflictEvent", macOf(vc.machine("web-01").id, 0)],
      ["EventEx", undefined],
    ]);
  });

  it("are found by the number that an address is made of", () => {
    fc.assert(
      fc.property(fc.nat(2 ** 24), fc.nat(3), (machine, card_) => {
        expect(machineOfMac(macOf(machine, card_))).toBe(machine % 2 ** 20);
      }),
    );
    expect(machineOfMac("00:50:56:00:00:01")).toBeUndefined();
  });
});
