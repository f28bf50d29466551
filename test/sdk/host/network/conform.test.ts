import { afterAll, expect, it } from "vitest";
import { frozen } from "../../../../sdk/host/properties/frozen.ts";
import { belongingsOf } from "../../../../sdk/host/property/objects.ts";
import { refOf } from "../../../../sdk/host/state/id.ts";
import type { Ref } from "../../../../sdk/vim/index.ts";
import { managedType } from "../../../../sdk/vim/schema.ts";
import { misfits } from "../conform.ts";
import { Vcenter } from "../machine/vcenter.ts";
import { group, inventory, manager, theSwitch } from "./fixture.ts";

const vc = new Vcenter({ inventory });
afterAll(() => vc.close());

const systems = new Set(["HostNetworkSystem", "HostDatastoreSystem", "HostStorageSystem", "HostVirtualNicManager"]);

function populate(): Ref[] {
  const dvs = refOf(theSwitch(vc));
  const pnicSpec = [{ pnicDevice: "vmnic2" }];
  const backing = { _typeName: "DistributedVirtualSwitchHostMemberPnicBacking", pnicSpec };
  const host = [{ operation: "add", host: vc.ref("HostSystem", "H3"), backing }];
  vc.call(dvs, "ReconfigureDvs_Task", { spec: { host, description: "d" } });
  const h1 = vc.find("HostSystem", "H1");
  const belongings = [h1, vc.find("HostSystem", "H3")].flatMap(belongingsOf).filter(({ type }) => systems.has(type));
  const network = { type: "HostNetworkSystem", value: `networkSystem-${h1.id}` } as const;
  vc.call(network, "AddVirtualSwitch", { vswitchName: "vSwitch1" });
  const store = { type: "HostDatastoreSystem", value: `datastoreSystem-${h1.id}` } as const;
  const spec = { remoteHost: "nas.test", remotePath: "/a", localPath: "nas", accessMode: "readWrite" };
  vc.call(store, "CreateNasDatastore", { spec });
  vc.call(store, "CreateLocalDatastore", { name: "local", path: "/a" });
  const others = [...vc.state.objects.values()].filter(
    ({ kind }) =>
      kind === "DistributedVirtualPortgroup" ||
      kind === "HostSystem" ||
      kind === "VirtualMachine" ||
      kind === "Datastore",
  );
  return [dvs, ...others.map(refOf), ...belongings];
}

it("every property of switches, port groups and what hosts have of networks and storage is what the schema says", () => {
  for (const ref of populate())
    for (const property of managedType(ref.type)?.properties ?? []) {
      const value = vc.call(ref, "Fetch", { prop: property.name });
      expect(misfits(value, property, `${ref.value}.${property.name}`, true)).toEqual([]);
    }
});

it("so is what their methods answer", () => {
  const dvs = refOf(theSwitch(vc));
  const container = vc.ref("Datacenter", "DC");
  const store = { type: "HostDatastoreSystem", value: `datastoreSystem-${vc.find("HostSystem", "H1").id}` } as const;
  const calls: readonly (readonly [Ref, string, object])[] = [
    [dvs, "FetchDVPorts", {}],
    [dvs, "FetchDVPortKeys", {}],
    [dvs, "LookupDvPortGroup", { portgroupKey: refOf(group(vc, "pg-a")).value }],
    [manager, "QueryAvailableDvsSpec", {}],
    [manager, "QueryDvsCompatibleHostSpec", {}],
    [manager, "QueryDvsFeatureCapability", {}],
    [manager, "QueryDvsConfigTarget", {}],
    [manager, "QueryDvsConfigTarget", { host: vc.ref("HostSystem", "H2") }],
    [manager, "QueryCompatibleVmnicsFromHosts", { hosts: [vc.ref("HostSystem", "H2")], dvs }],
    [manager, "QueryCompatibleHostForNewDvs", { container, recursive: true }],
    [store, "QueryAvailableDisksForVmfs", {}],
  ];
  for (const [ref, method, args] of calls) {
    const returns = managedType(ref.type)?.methods.get(method)?.returns;
    if (!returns) throw new Error(`${method} returns nothing.`);
    expect(misfits(frozen(vc.call(ref, method, args)), returns, method)).toEqual([]);
  }
});
