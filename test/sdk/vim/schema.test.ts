import { statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  apiVersions,
  type DataInfo,
  dataType,
  enumType,
  isFault,
  isSubtype,
  managedType,
  subtypes,
  typeNames,
} from "../../../sdk/vim/schema.ts";

const own = (info: { properties: readonly unknown[]; base: { properties: readonly unknown[] } | undefined }) =>
  info.properties.length - (info.base?.properties.length ?? 0);
const data = typeNames("data").flatMap((name) => dataType(name) ?? []);
const managed = typeNames("managed").flatMap((name) => managedType(name) ?? []);

describe("the table", () => {
  test("holds all of vim25 up to 9.1", () => {
    expect(apiVersions().at(0)).toBe("2.0");
    expect(apiVersions().at(-1)).toBe("9.1.0.0");
    expect(data.length).toBe(3168);
    expect(typeNames("enum").length).toBe(466);
    expect(managed.length).toBe(140);
    expect([...data, ...managed].reduce((sum, info) => sum + own(info), 0)).toBe(8862);
    const methods = managed.flatMap((info) =>
      [...info.methods.values()].filter((method) => method.owner === info.name),
    );
    expect(methods.length).toBe(976);
    expect(methods.reduce((sum, method) => sum + method.params.length, 0)).toBe(1534);
  });

  test("is at most 450 kB", () => {
    expect(statSync(new URL("../../../sdk/vim/generated/vim25.ts", import.meta.url)).size).toBeLessThanOrEqual(450_000);
  });

  test("names only types that exist, or that belong to the vSAN namespace", () => {
    const primitives = "anyType anyURI base64Binary boolean byte dateTime double float int long short string".split(
      " ",
    );
    const unknown = data
      .flatMap((info) => info.properties)
      .map((property) => property.type)
      .filter((type) => !primitives.includes(type) && type !== "ManagedObjectReference")
      .filter((type) => !dataType(type) && !enumType(type));
    expect(unknown.filter((type) => !/vsan|ResyncIopsInfo/i.test(type))).toEqual([]);
  });

  test("knows nothing it was not given", () => {
    for (const name of ["", "Nonsense", "virtualMachine", "VirtualMachineConfigSpe", "VirtualMachine|", "zzz"]) {
      expect([dataType(name), enumType(name), managedType(name)]).toEqual([undefined, undefined, undefined]);
      expect(isSubtype(name, name)).toBe(false);
    }
    expect(dataType("VirtualMachine")).toBeUndefined();
    expect(managedType("VirtualMachineConfigSpec")).toBeUndefined();
  });
});

describe("data types", () => {
  const names = (info: DataInfo | undefined) => info?.properties.map((property) => property.name);

  test("list the base's properties first, each in wire order", () => {
    expect(names(dataType("VirtualE1000"))).toEqual([
      ...["key", "deviceInfo", "backing", "connectable", "slotInfo", "controllerKey", "unitNumber", "numaNode"],
      ...["deviceGroupInfo", "addressType", "macAddress", "wakeOnLanEnabled", "resourceAllocation"],
      ...["externalId", "uptCompatibilityEnabled", "subnetId"],
    ]);
  });

  test("descend from their bases", () => {
    expect(isSubtype("VirtualE1000", "VirtualEthernetCard")).toBe(true);
    expect(isSubtype("VirtualE1000", "VirtualE1000")).toBe(true);
    expect(isSubtype("VirtualDevice", "VirtualE1000")).toBe(false);
    expect(isSubtype("VirtualMachine", "ManagedEntity")).toBe(true);
    expect(dataType("VirtualDevice")?.polymorphic).toBe(true);
    expect(dataType("VirtualE1000")?.polymorphic).toBe(false);
    expect(subtypes("VirtualController").sort()).toContain("ParaVirtualSCSIController");
    for (const info of data) expect(info.polymorphic, info.name).toBe(subtypes(info.name).length > 0);
  });

  test("tell faults and events", () => {
    expect(isFault("InvalidPowerState")).toBe(true);
    expect(isFault("VmPoweredOnEvent")).toBe(false);
    expect(dataType("InvalidArgument")?.fault).toBe("runtime");
    expect(dataType("InvalidPowerState")?.fault).toBe("method");
    expect(data.filter((info) => info.fault).length).toBe(700);
    expect(data.filter((info) => info.event).length).toBe(443);
  });

  test("carry what the wire and the privilege checks need", () => {
    const spec = dataType("VirtualMachineConfigSpec");
    expect(spec?.property("name")?.writePrivilege).toBe("VirtualMachine.Config.Rename");
    expect(spec?.property("guestId")?.enum).toBe("VirtualMachineGuestOsIdentifier");
    expect(spec?.property("extraConfig")).toMatchObject({ type: "OptionValue", array: true, optional: true });
    expect(spec?.vmodl).toBe("vim.vm.ConfigSpec");
    expect(dataType("VirtualMachineRuntimeInfo")?.property("host")).toMatchObject({
      type: "ManagedObjectReference",
      ref: "HostSystem",
      optional: true,
    });
    expect(dataType("HostConnectSpec")?.property("password")?.secret).toBe(true);
    expect(dataType("ScheduledTaskInfo")?.property("taskObject")).toMatchObject({ addedLater: true, since: "4.0" });
    expect(
      dataType("ClusterDasConfigInfoServiceState")?.vmodl ?? enumType("ClusterDasConfigInfoServiceState")?.vmodl,
    ).toBe("vim.cluster.DasConfigInfo.ServiceState");
  });
});

describe("enums", () => {
  test("list their values in order, older ones last", () => {
    expect(enumType("VirtualMachinePowerState")?.values).toEqual(["poweredOff", "poweredOn", "suspended"]);
    expect(enumType("ActionType")?.values.at(0)).toBe("MigrationV1");
    expect(enumType("ActionType")?.values).toContain("IncreaseLimitV1");
  });

  test("know since when a value exists", () => {
    const later = typeNames("enum").flatMap((name) => enumType(name) ?? []);
    const young = later.filter((info) => info.values.some((value) => info.valueSince(value) !== info.since));
    expect(young.length).toBe(27);
  });
});

describe("managed types", () => {
  const vm = managedType("VirtualMachine");

  test("inherit properties and methods", () => {
    expect(vm?.property("name")).toMatchObject({ type: "string", optional: false });
    expect(vm?.properties.at(0)?.name).toBe("value");
    expect(vm?.methods.get("Destroy_Task")?.owner).toBe("ManagedEntity");
    expect(vm?.methods.get("PowerOnVM_Task")?.owner).toBe("VirtualMachine");
  });

  test("put their own privilege on inherited methods", () => {
    expect(vm?.methods.get("Destroy_Task")?.privilege).toBe("VirtualMachine.Inventory.Delete");
    expect(managedType("Datacenter")?.methods.get("Destroy_Task")?.privilege).toBe("Datacenter.Delete");
    expect(managedType("VirtualApp")?.methods.get("Destroy_Task")?.privilege).toBe("VApp.Delete");
  });

  test("describe methods whole", () => {
    const clone = vm?.methods.get("CloneVM_Task");
    expect(clone?.request).toBe("CloneVMRequestType");
    expect(clone?.serverName).toBe("clone");
    expect(clone?.params.map((param) => param.name)).toEqual(["folder", "name", "spec"]);
    expect(clone?.params[0]?.privilege).toBe("VirtualMachine.Inventory.CreateFromExisting");
    expect(clone?.returns?.ref).toBe("Task");
    expect(clone?.taskResult?.ref).toBe("VirtualMachine");
    expect(clone?.faults).toContain("CustomizationFault");
    expect(vm?.methods.get("ShutdownGuest")).toMatchObject({ returns: undefined, serverName: "shutdownGuest" });
    expect(managedType("SessionManager")?.methods.get("LoginExtension")?.only).toBe("vijson");
  });
});
