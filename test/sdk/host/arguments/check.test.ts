import { describe, expect, it } from "vitest";
import { checkArguments } from "../../../../sdk/host/arguments/check.ts";
import { managedType } from "../../../../sdk/vim/schema.ts";
import { faultOf } from "../caller.ts";

function methodOf(type: string, name: string) {
  const method = managedType(type)?.methods.get(name);
  if (!method) throw new Error(`no method ${type}.${name}`);
  return method;
}

const check = (type: string, method: string, args: unknown) => checkArguments(methodOf(type, method), args);
const reconfigure = (spec: unknown) => check("VirtualMachine", "ReconfigVM_Task", { spec });
const fault = faultOf;

describe("arguments", () => {
  it("come through as they are where they are right", () => {
    const spec = { name: "a", numCPUs: 2, memoryMB: 1024, cpuHotAddEnabled: true };
    expect(reconfigure(spec)).toEqual({ spec });
    expect(check("VirtualMachine", "PowerOffVM_Task", {})).toEqual({});
  });

  it.each([
    ["an object of parameters", undefined],
    ["an object of parameters", null],
    ["an object of parameters", 7],
    ["an object of parameters", ["spec"]],
    ["an object of parameters", () => {}],
    ["an object of parameters", new Map()],
  ])("must be %s, not %o", (_what, args) => {
    expect(fault(() => check("VirtualMachine", "PowerOffVM_Task", args))._typeName).toBe("InvalidRequest");
  });

  it.each([
    ["spec.numCPUs", "InvalidType", { numCPUs: "2" }],
    ["spec.numCPUs", "InvalidType", { numCPUs: 1.5 }],
    ["spec.numCPUs", "InvalidType", { numCPUs: Number.NaN }],
    ["spec.numCPUs", "InvalidArgument", { numCPUs: 2 ** 31 }],
    ["spec.name", "InvalidType", { name: 7 }],
    ["spec.name", "InvalidType", { name: null }],
    ["spec.cpuHotAddEnabled", "InvalidType", { cpuHotAddEnabled: "true" }],
    ["spec.memoryMB", "InvalidType", { memoryMB: 2n ** 63n }],
    ["spec.createDate", "InvalidType", { createDate: new Date(0) }],
    ["spec.createDate", "InvalidType", { createDate: "2026-13-01T00:00:00Z" }],
    ["spec.deviceChange", "InvalidType", { deviceChange: {} }],
    [
      "spec.deviceChange[1]",
      "InvalidType",
      { deviceChange: [{ device: { _typeName: "VirtualDisk", key: 1, capacityInKB: 1 } }, 7] },
    ],
    ["spec.deviceChange[0].device", "InvalidArgument", { deviceChange: [{}] }],
    ["spec.deviceChange[0].operation", "InvalidArgument", { deviceChange: [{ operation: "change" }] }],
    ["spec.deviceChange[0].device", "InvalidType", { deviceChange: [{ device: { _typeName: "HostSystem" } }] }],
    ["spec.deviceChange[0].device", "InvalidType", { deviceChange: [{ device: { _typeName: "OptionValue" } }] }],
    ["spec.deviceChange[0].device", "InvalidType", { deviceChange: [{ device: { _typeName: 10n } }] }],
    ["spec.nosuch", "InvalidArgument", { nosuch: 1 }],
    ["spec.__proto__", "InvalidArgument", JSON.parse('{"__proto__": {"name": "a"}}')],
    ["spec.constructor", "InvalidArgument", { constructor: 1 }],
    ["spec", "InvalidType", new Date(0)],
    ["spec", "InvalidType", []],
  ])("names the path of what is wrong: %s (%s)", (path, type, spec) => {
    const made = fault(() => reconfigure(spec));
    expect(made._typeName).toBe(type);
    expect(made).toMatchObject(type === "InvalidType" ? { argument: path } : { invalidProperty: path });
    expect(made.message).toContain(path);
  });

  it("says which parameters there are when one is unknown", () => {
    expect(fault(() => check("VirtualMachine", "MigrateVM_Task", { hots: 1 })).message).toContain(
      "pool, host, priority",
    );
  });

  it("says which values an enum has", () => {
    const deviceChange = [{ operation: "add", fileOperation: 10n }];
    expect(fault(() => reconfigure({ deviceChange })).message).toContain("create, destroy, replace");
  });

  it("asks for what is required", () => {
    expect(fault(() => reconfigure(undefined))).toMatchObject({
      _typeName: "InvalidArgument",
      invalidProperty: "spec",
    });
    expect(fault(() => check("Folder", "CreateFolder", {}))).toMatchObject({ invalidProperty: "name" });
  });

  it("takes an array that is required and left out for an empty one, as on the wire", () => {
    expect(check("Folder", "MoveIntoFolder_Task", {})).toEqual({ list: [] });
  });

  it("takes a property set to undefined for one that is left out", () => {
    expect(reconfigure({ name: undefined })).toEqual({ spec: {} });
  });

  it("wants references to objects of the declared type or one derived from it", () => {
    const create = (pool: unknown) => check("VirtualMachine", "MigrateVM_Task", { pool, priority: "defaultPriority" });
    expect(create({ type: "ResourcePool", value: "resgroup-8" })).toMatchObject({ pool: { value: "resgroup-8" } });
    expect(create({ type: "VirtualApp", value: "resgroup-8" })).toMatchObject({ pool: { type: "VirtualApp" } });
    for (const wrong of [
      { type: "HostSystem", value: "host-9" },
      { type: "Nosuch", value: "x" },
      { value: "x" },
      "resgroup-8",
    ])
      expect(fault(() => create(wrong))).toMatchObject({ _typeName: "InvalidType", argument: "pool" });
  });

  it("knows subtypes by their _typeName, with the properties that they add", () => {
    const disk = { _typeName: "VirtualDisk", key: -1, capacityInKB: 1024 };
    expect(reconfigure({ deviceChange: [{ device: disk }] })).toMatchObject({
      spec: { deviceChange: [{ device: disk }] },
    });
    const plain = { key: -1, capacityInKB: 1024 };
    expect(fault(() => reconfigure({ deviceChange: [{ device: plain }] }))).toMatchObject({
      invalidProperty: "spec.deviceChange[0].device.capacityInKB",
    });
  });

  it("says the type of a value whose declared type has subtypes", () => {
    expect(reconfigure({ deviceChange: [{ device: { key: 7 } }] })).toEqual({
      spec: {
        deviceChange: [{ _typeName: "VirtualDeviceConfigSpec", device: { _typeName: "VirtualDevice", key: 7 } }],
      },
    });
  });
});
