import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { refOf } from "../../../../sdk/host/state/id.ts";
import { everything, faultOf, Vcenter } from "../machine/vcenter.ts";
import { expectPorts, fetch, group, inventory, manager, moveCard, onGroup, portsOf, theSwitch } from "./fixture.ts";

let vc: Vcenter;
beforeEach(() => {
  vc = new Vcenter({ inventory });
});
afterEach(() => {
  expectPorts(vc);
  vc.close();
});

const networkFolder = () => vc.ref("Folder", "network");
const create = (name: string, more: object = {}) =>
  vc.call(networkFolder(), "CreateDVS_Task", { spec: { configSpec: { name, ...more } } });
const reconfigure = (spec: object) => vc.call(refOf(theSwitch(vc)), "ReconfigureDvs_Task", { spec });
const member = (operation: string, host: string, more: object = {}) => ({
  host: [{ operation, host: vc.ref("HostSystem", host), ...more }],
});
const pvlan = { operation: "add", pvlanEntry: { primaryVlanId: 1, secondaryVlanId: 1, pvlanType: "promiscuous" } };
const types = () => vc.events().map(({ type }) => type);

describe("a distributed switch", () => {
  it("is in the folder of networks with its port groups and that of its uplinks, and has ids as vCenter's", () => {
    const { id } = theSwitch(vc);
    const names = [...vc.find("Folder", "network").names.entries()].map(([name]) => name).sort();
    expect(names).toEqual(["DVS0", `DVS0-DVUplinks-${id}`, "VM Network", "pg-a", "pg-b", "pg-e"].sort());
    expect(refOf(theSwitch(vc))).toEqual({ type: "VmwareDistributedVirtualSwitch", value: `dvs-${id}` });
    expect(refOf(group(vc, "pg-a")).value).toBe(`dvportgroup-${group(vc, "pg-a").id}`);
    expect(fetch(vc, refOf(theSwitch(vc)), "config.uplinkPortgroup")).toEqual([
      refOf(group(vc, `DVS0-DVUplinks-${id}`)),
    ]);
    expect(fetch(vc, refOf(theSwitch(vc)), "summary.portgroupName")).toContain("pg-b");
  });

  it("is found by its path and by its UUID", () => {
    const path = { inventoryPath: "/DC/network/DVS0" };
    const ref = refOf(theSwitch(vc));
    expect(vc.call({ type: "SearchIndex", value: "SearchIndex" }, "FindByInventoryPath", path)).toEqual(ref);
    const uuid = String(fetch(vc, ref, "uuid"));
    expect(uuid).toMatch(/^50( [0-9a-f]{2}){7}-[0-9a-f]{2}( [0-9a-f]{2}){7}$/);
    expect(vc.call(manager, "QueryDvsByUuid", { uuid })).toEqual(ref);
    expect(faultOf(() => vc.call(manager, "QueryDvsByUuid", { uuid: "50 00" }))).toMatchObject({
      _typeName: "NotFound",
    });
  });

  it("is created with an event for it and for its uplinks, and destroyed with what is in it", () => {
    const before = vc.find("Folder", "network").children.size;
    const ref = create("DVS1", member("add", "H3"));
    expect(ref).toEqual(refOf(theSwitch(vc, "DVS1")));
    expect(types().slice(-3)).toEqual(["DvsCreatedEvent", "DVPortgroupCreatedEvent", "DvsHostJoinedEvent"]);
    expect(vc.find("HostSystem", "H3").networks.size).toBe(2);
    vc.call(refOf(theSwitch(vc, "DVS1")), "Destroy_Task");
    expect(vc.find("Folder", "network").children.size).toBe(before);
    expect(vc.find("HostSystem", "H3").networks.size).toBe(1);
    expect(types().slice(-1)).toEqual(["DvsDestroyedEvent"]);
  });

  it("is not destroyed while a machine is on it", () => {
    const before = everything(vc);
    const fault = faultOf(() => vc.call(refOf(theSwitch(vc)), "Destroy_Task"));
    expect(fault).toMatchObject({ _typeName: "ResourceInUse", name: "DVS0" });
    expect(everything(vc)).toEqual(before);
  });

  it("needs a name that is free, and refuses what it would have to ignore", () => {
    expect(faultOf(() => create("DVS0"))).toMatchObject({ _typeName: "DuplicateName" });
    expect(faultOf(() => create("DVS1", { numStandalonePorts: 4 }))).toMatchObject({ _typeName: "NotSupported" });
    expect(
      faultOf(() =>
        create("DVS1", { _typeName: "VMwareDVSConfigSpec", lacpApiVersion: "x", pvlanConfigSpec: [pvlan] }),
      ),
    ).toMatchObject({
      _typeName: "NotSupported",
    });
  });

  it("takes hosts in and lets them go, which then have its port groups or have not", () => {
    const spec = member("add", "H3", {
      backing: { _typeName: "DistributedVirtualSwitchHostMemberPnicBacking", pnicSpec: [{ pnicDevice: "vmnic2" }] },
    });
    reconfigure(spec);
    const pg = group(vc, "pg-a").id;
    expect(vc.find("HostSystem", "H3").networks.has(pg)).toBe(true);
    expect(portsOf(vc, { uplinkPort: true, connected: true })).toMatchObject([
      {
        proxyHost: vc.ref("HostSystem", "H3"),
        connectee: { nicKey: "vmnic2", type: "pnic" },
        config: { name: "Uplink 1" },
      },
    ]);
    expect(portsOf(vc, { uplinkPort: true })).toHaveLength(12);
    reconfigure(member("remove", "H3"));
    expect(vc.find("HostSystem", "H3").networks.has(pg)).toBe(false);
    expect(portsOf(vc, { uplinkPort: true })).toHaveLength(8);
    expect(fetch(vc, refOf(theSwitch(vc)), "summary.hostMember")).toEqual(
      ["H1", "H2"].map((name) => vc.ref("HostSystem", name)),
    );
    expect(types().slice(-2)).toEqual(["DvsHostLeftEvent", "DvsReconfiguredEvent"]);
  });

  it("loses a host that is taken out of the inventory", () => {
    const host = vc.ref("HostSystem", "H1");
    vc.vm("golden", "PowerOffVM_Task", {});
    vc.vm("golden", "Destroy_Task", {});
    vc.call(host, "EnterMaintenanceMode_Task", { timeout: 0 });
    vc.call(host, "Destroy_Task");
    expect(theSwitch(vc).members.size).toBe(1);
    expect(portsOf(vc, { uplinkPort: true })).toHaveLength(4);
  });

  it("is what its events are found by", () => {
    const filter = { entity: { entity: refOf(theSwitch(vc)), recursion: "self" } };
    reconfigure({ description: "x" });
    const events = vc.call({ type: "EventManager", value: "EventManager" }, "QueryEvents", { filter });
    expect(events).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ _typeName: "DvsReconfiguredEvent" })]),
    );
  });

  it("keeps a host whose machines are on it, and takes none twice", () => {
    expect(faultOf(() => reconfigure(member("remove", "H1")))).toMatchObject({
      _typeName: "ResourceInUse",
      name: "H1",
    });
    expect(faultOf(() => reconfigure(member("add", "H1")))).toMatchObject({ _typeName: "AlreadyExists" });
    expect(faultOf(() => reconfigure(member("remove", "H3")))).toMatchObject({ _typeName: "NotFound" });
  });

  it("changes its uplinks with their ports, and refuses a change on top of one that was not read", () => {
    const version = fetch(vc, refOf(theSwitch(vc)), "config.configVersion");
    const uplinkPortName = ["one", "two"];
    reconfigure({
      configVersion: version,
      uplinkPortPolicy: { _typeName: "DVSNameArrayUplinkPortPolicy", uplinkPortName },
    });
    expect(portsOf(vc, { uplinkPort: true }).map(({ config }) => config.name)).toEqual([
      ...["one", "two"],
      ...["one", "two"],
    ]);
    expect(faultOf(() => reconfigure({ configVersion: version, description: "x" }))).toMatchObject({
      _typeName: "ConcurrentAccess",
    });
  });

  it("reads back what was written of its settings", () => {
    reconfigure({ _typeName: "VMwareDVSConfigSpec", maxMtu: 9000, description: "d", contact: { name: "me" } });
    const ref = refOf(theSwitch(vc));
    expect(fetch(vc, ref, "config")).toMatchObject({
      _typeName: "VMwareDVSConfigInfo",
      maxMtu: 9000,
      description: "d",
      contact: { name: "me" },
    });
  });
});

describe("a port group", () => {
  const add = (spec: object) => vc.call(refOf(theSwitch(vc)), "CreateDVPortgroup_Task", { spec });

  it("is added to its switch and to the hosts, one by one or several at once", () => {
    expect(add({ name: "one", type: "earlyBinding", numPorts: 4 })).toEqual(refOf(group(vc, "one")));
    vc.call(refOf(theSwitch(vc)), "AddDVPortgroup_Task", { spec: [{ name: "two" }, { name: "three" }] });
    expect(group(vc, "one").free.size).toBe(4);
    for (const name of ["one", "two", "three"])
      expect([...group(vc, name).hosts.keys()]).toEqual([
        vc.find("HostSystem", "H1").id,
        vc.find("HostSystem", "H2").id,
      ]);
    expect(fetch(vc, refOf(theSwitch(vc)), "portgroup")).toHaveLength(7);
    expect(faultOf(() => add({ name: "one" }))).toMatchObject({ _typeName: "DuplicateName" });
  });

  it("inherits what it does not set, and shows its VLAN", () => {
    const ref = refOf(group(vc, "pg-b"));
    expect(fetch(vc, ref, "config.defaultPortConfig")).toMatchObject({
      _typeName: "VMwareDVSPortSetting",
      vlan: { _typeName: "VmwareDistributedVirtualSwitchVlanIdSpec", inherited: false, vlanId: 20 },
      securityPolicy: { inherited: true, allowPromiscuous: { inherited: true, value: false } },
    });
    expect(fetch(vc, ref, "key")).toBe(ref.value);
    expect(vc.call(refOf(theSwitch(vc)), "QueryUsedVlanIdInDvs")).toEqual([20]);
  });

  it("is reconfigured: name, ports, VLAN", () => {
    const ref = refOf(group(vc, "pg-b"));
    vc.call(ref, "ReconfigureDVPortgroup_Task", { spec: { name: "pg-c", numPorts: 5, configVersion: "0" } });
    expect(group(vc, "pg-c").free.size).toBe(5);
    vc.call(ref, "ReconfigureDVPortgroup_Task", { spec: { numPorts: 1, autoExpand: false } });
    expect(fetch(vc, ref, "config.numPorts")).toBe(1);
    expect(fetch(vc, ref, "portKeys")).toHaveLength(1);
    expect(types()).toContain("DVPortgroupRenamedEvent");
  });

  it("is renamed and destroyed as any entity; not while a machine is on it, and never that of the uplinks", () => {
    vc.call(refOf(group(vc, "pg-b")), "Rename_Task", { newName: "pg-z" });
    vc.call(refOf(group(vc, "pg-z")), "Destroy_Task");
    expect(vc.find("Datacenter", "DC").networks.size).toBe(4);
    for (const name of ["pg-a", `DVS0-DVUplinks-${theSwitch(vc).id}`])
      expect(faultOf(() => vc.call(refOf(group(vc, name)), "Destroy_Task"))).toMatchObject({
        _typeName: "ResourceInUse",
      });
    expect(faultOf(() => vc.call(refOf(group(vc, "pg-a")), "DestroyNetwork"))).toMatchObject({
      _typeName: "ResourceInUse",
    });
  });

  it("gives its uplinks' ports to no machine", () => {
    const uplinks = `DVS0-DVUplinks-${theSwitch(vc).id}`;
    const fault = vc.fault("web", "ReconfigVM_Task", { spec: { deviceChange: [moveCard(onGroup(vc, uplinks))] } });
    expect(fault).toMatchObject({ _typeName: "InvalidArgument" });
  });
});

describe("the manager of distributed switches", () => {
  it("tells versions, hosts that could join, and what machines of a host can be on", () => {
    expect(vc.call(manager, "QueryAvailableDvsSpec", { recommended: true })).toMatchObject([{ version: "8.0.3" }]);
    const container = vc.ref("Datacenter", "DC");
    const existing = { container, recursive: true, dvs: refOf(theSwitch(vc)) };
    expect(vc.call(manager, "QueryCompatibleHostForExistingDvs", existing)).toEqual([vc.ref("HostSystem", "H3")]);
    expect(vc.call(manager, "QueryCompatibleHostForNewDvs", { container, recursive: true })).toHaveLength(3);
    expect(vc.call(manager, "QueryDvsConfigTarget", { host: vc.ref("HostSystem", "H1") })).toMatchObject({
      distributedVirtualSwitch: [{ switchName: "DVS0" }],
    });
    expect(vc.call(manager, "QueryDvsConfigTarget", { host: vc.ref("HostSystem", "H3") })).toMatchObject({
      distributedVirtualSwitch: [],
    });
  });
});

describe("counts", () => {
  it("with port groups put the machines on the first of a switch DVS0", () => {
    const counted = new Vcenter({ inventory: { portgroups: 1 } });
    expect(group(counted, "DC0_DVPG0").vms.size).toBe(4);
    expect(counted.find("Network", "VM Network").vms.size).toBe(0);
    expect(theSwitch(counted).members.size).toBe(4);
    expectPorts(counted);
    counted.close();
  });
});
