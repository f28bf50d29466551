import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HostFault } from "../../../../sdk/host/faults.ts";
import { refOf } from "../../../../sdk/host/state/id.ts";
import { Vcenter } from "../machine/vcenter.ts";
import { cardsOf, expectPorts, fetch, group, inventory, moveCard, onGroup, portsOf } from "./fixture.ts";

let vc: Vcenter;
beforeEach(() => {
  vc = new Vcenter({ inventory });
});
afterEach(() => {
  expectPorts(vc);
  vc.close();
});

const reconfigure = (name: string, ...deviceChange: ReturnType<typeof moveCard>[]) =>
  vc.vm(name, "ReconfigVM_Task", { spec: { deviceChange } });
const location = (...deviceChange: ReturnType<typeof moveCard>[]) => ({ location: { deviceChange } });

describe("the card of a machine on a port group", () => {
  it("shows its port and a cookie, and the port shows the card", () => {
    const [card] = cardsOf(vc, "web");
    const [port] = portsOf(vc, { connected: true, host: [vc.ref("HostSystem", "H2")] });
    expect(card?.backing).toMatchObject({
      port: {
        portgroupKey: refOf(group(vc, "pg-a")).value,
        portKey: port?.key,
        connectionCookie: port?.connectionCookie,
      },
    });
    expect(card?.deviceInfo?.summary).toMatch(/^DVSwitch: 50 /);
    expect(port).toMatchObject({
      connectee: { connectedEntity: refOf(vc.machine("web")), nicKey: "4000", type: "vmVnic" },
      state: { runtimeInfo: { linkUp: true, macAddress: card?.macAddress } },
      proxyHost: vc.ref("HostSystem", "H2"),
    });
  });

  it("puts its machine on the lists of the group, and the group on the machine's", () => {
    expect(fetch(vc, refOf(group(vc, "pg-a")), "vm")).toHaveLength(2);
    expect(fetch(vc, refOf(vc.machine("web")), "network")).toEqual([
      refOf(group(vc, "pg-a")),
      vc.ref("Network", "VM Network"),
    ]);
    reconfigure("web", moveCard(onGroup(vc, "pg-b")));
    expect(fetch(vc, refOf(group(vc, "pg-a")), "vm")).toHaveLength(1);
    expect(fetch(vc, refOf(group(vc, "pg-b")), "vm")).toEqual([refOf(vc.machine("web"))]);
  });

  it("stays on its port whatever else is changed, where it is moved and while it is off", () => {
    const before = cardsOf(vc, "web")[0]?.backing;
    vc.vm("web", "ReconfigVM_Task", { spec: { annotation: "x" } });
    reconfigure("web", moveCard(before ?? onGroup(vc, "pg-a")));
    vc.vm("web", "MigrateVM_Task", { host: vc.ref("HostSystem", "H1"), priority: "defaultPriority" });
    vc.vm("web", "PowerOffVM_Task", {});
    expect(cardsOf(vc, "web")[0]?.backing).toEqual(before);
  });

  it("takes the port asked for, if nobody is on it", () => {
    const [free] = [...group(vc, "pg-b").free.keys()].slice(-1);
    reconfigure("web", moveCard(onGroup(vc, "pg-b", String(free))));
    expect(cardsOf(vc, "web")[0]?.backing).toMatchObject({ port: { portKey: String(free) } });
    const change = { deviceChange: [moveCard(onGroup(vc, "pg-b", String(free)))] };
    expect(vc.fault("golden", "InstantClone_Task", { spec: { name: "f", location: change } })).toMatchObject({
      _typeName: "ResourceInUse",
    });
    const unknown = { deviceChange: [moveCard(onGroup(vc, "pg-b", "9999"))] };
    expect(vc.fault("web", "ReconfigVM_Task", { spec: unknown })).toMatchObject({ _typeName: "InvalidArgument" });
  });

  it("of a fork and of a clone gets a port of its own, also where its source's was chosen by hand", () => {
    const [free] = [...group(vc, "pg-a").free.keys()].slice(-1);
    reconfigure("golden", moveCard(onGroup(vc, "pg-a", String(free))));
    vc.instantClone("golden", "fork");
    vc.vm("golden", "CloneVM_Task", {
      folder: vc.ref("Folder", "vm"),
      name: "clone",
      spec: { location: {}, powerOn: false, template: false },
    });
    const keys = ["golden", "fork", "clone"].map((name) => cardsOf(vc, name)[0]?.backing);
    expect(new Set(keys.map((backing) => JSON.stringify(backing))).size).toBe(3);
  });

  it("of a fork gets a port of its own where its source's is sent back as it was read", () => {
    const [card] = cardsOf(vc, "golden");
    if (!card) throw new Error("golden has no card.");
    vc.instantClone("golden", "fork", { location: { deviceChange: [{ operation: "edit", device: card }] } });
    expect(cardsOf(vc, "fork")[0]?.backing).not.toEqual(card.backing);
    expect(group(vc, "pg-a").used.size).toBe(3);
  });

  it("of an instant clone goes to another network in the same call", () => {
    vc.instantClone("golden", "to-b", location(moveCard(onGroup(vc, "pg-b"))));
    vc.instantClone("golden", "to-plain", {
      location: {
        deviceChange: [moveCard({ _typeName: "VirtualEthernetCardNetworkBackingInfo", deviceName: "VM Network" })],
      },
    });
    expect(group(vc, "pg-b").vms.size).toBe(1);
    expect(group(vc, "pg-a").vms.size).toBe(2);
    expect(vc.find("Network", "VM Network").vms.size).toBe(2);
  });

  it("on an ephemeral group has a port only while its machine is on", () => {
    reconfigure("web", moveCard(onGroup(vc, "pg-e")));
    expect(group(vc, "pg-e").used.size).toBe(1);
    vc.vm("web", "PowerOffVM_Task", {});
    expect(group(vc, "pg-e").used.size).toBe(0);
    expect(cardsOf(vc, "web")[0]?.backing).not.toHaveProperty("port.portKey");
    vc.vm("web", "PowerOnVM_Task", {});
    expect(group(vc, "pg-e").used.size).toBe(1);
  });

  it("finds the group grown when no port is free, or is refused where it may not grow", () => {
    for (let i = 0; i < 3; i++) vc.instantClone("golden", `f${i}`, location(moveCard(onGroup(vc, "pg-b"))));
    expect(group(vc, "pg-b").used.size).toBe(3);
    const spec = { autoExpand: false, numPorts: 3 };
    vc.call(refOf(group(vc, "pg-b")), "ReconfigureDVPortgroup_Task", { spec });
    expect(
      vc.fault("golden", "InstantClone_Task", { spec: { name: "g", ...location(moveCard(onGroup(vc, "pg-b"))) } }),
    ).toMatchObject({ _typeName: "ResourceNotAvailable", containerName: "pg-b" });
  });

  it("needs a host that is in the switch", () => {
    const host = vc.ref("HostSystem", "H3");
    expect(vc.fault("web", "MigrateVM_Task", { host, priority: "defaultPriority" })).toMatchObject({
      _typeName: "InvalidArgument",
    });
  });

  it("comes back with a snapshot, and shows nothing of a group that is gone", () => {
    reconfigure("web", moveCard(onGroup(vc, "pg-b")));
    vc.vm("web", "CreateSnapshot_Task", { name: "s", memory: false, quiesce: false });
    reconfigure("web", moveCard(onGroup(vc, "pg-a")));
    vc.call(refOf(group(vc, "pg-b")), "Destroy_Task");
    vc.vm("web", "RevertToCurrentSnapshot_Task", {});
    expect(fetch(vc, refOf(vc.machine("web")), "network")).toEqual([vc.ref("Network", "VM Network")]);
    vc.vm("web", "Destroy_Task", {});
  });

  it("comes back with its group where the whole vCenter is put back", () => {
    using mark = vc.host.snapshot();
    const before = cardsOf(vc, "web");
    reconfigure("web", moveCard(onGroup(vc, "pg-b")));
    vc.host.restore(mark);
    expect(cardsOf(vc, "web")).toEqual(before);
  });
});

type Step = readonly [kind: string, pick: number, n: number];

function act([kind, pick, n]: Step, made: string[]): void {
  const name = made[pick % made.length] ?? "golden";
  const to = moveCard(onGroup(vc, ["pg-a", "pg-b", "pg-e"][n % 3] ?? "pg-a", n % 5 === 0 ? String(n % 40) : undefined));
  const fresh = `m${made.length}-${n}`;
  if (kind === "fork") {
    vc.instantClone("golden", fresh, n % 2 === 0 ? location(to) : {});
    made.push(fresh);
  } else if (kind === "move") reconfigure(name, to);
  else if (kind === "on") vc.vm(name, "PowerOnVM_Task", {});
  else if (kind === "off") vc.vm(name, "PowerOffVM_Task", {});
  else if (kind === "suspend") vc.vm(name, "SuspendVM_Task", {});
  else if (kind === "snapshot") vc.vm(name, "CreateSnapshot_Task", { name: "s", memory: false, quiesce: false });
  else if (kind === "revert") vc.vm(name, "RevertToCurrentSnapshot_Task", {});
  else if (kind === "migrate")
    vc.vm(name, "MigrateVM_Task", { host: vc.ref("HostSystem", `H${(n % 3) + 1}`), priority: "defaultPriority" });
  else if (name !== "golden") {
    vc.vm(name, "Destroy_Task", {});
    made.splice(made.indexOf(name), 1);
  }
}

it("ports agree with the machines, whatever is done to them", () => {
  const kinds = [
    "fork",
    "fork",
    "move",
    "move",
    "move",
    "on",
    "off",
    "suspend",
    "snapshot",
    "revert",
    "migrate",
    "gone",
  ];
  const step = fc.tuple(fc.constantFrom(...kinds), fc.nat(100), fc.nat(100));
  fc.assert(
    fc.property(fc.array(step, { minLength: 10, maxLength: 40, size: "max" }), (steps) => {
      using mark = vc.host.snapshot();
      const made = ["golden", "web"];
      for (const each of steps) {
        const before = vc.state.objects;
        try {
          act(each, made);
        } catch (error) {
          if (error instanceof HostFault && error.fault._typeName === "SystemError") throw error;
          expect(vc.state.objects).toBe(before);
        }
        expectPorts(vc);
      }
      vc.host.restore(mark);
    }),
    { numRuns: Number(process.env.FARGO_RUNS ?? 20) },
  );
});
