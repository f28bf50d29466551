import { describe, expect, it } from "vitest";
import { typeOfPath } from "../../../sdk/soap/property-type.ts";
import { taskResultType, wireType } from "../../../sdk/vim/any-type.ts";

const at = (type: string, path: string, value: unknown) => wireType(value, typeOfPath(type, path)?.types);

describe("what a slot of any type says that it holds", () => {
  it.each([
    ["VirtualMachine", "runtime.powerState", "poweredOn", "VirtualMachinePowerState"],
    ["VirtualMachine", "name", "golden", "string"],
    ["VirtualMachine", "config.hardware.memoryMB", 1024, "int"],
    ["VirtualMachine", "summary.storage.committed", 5, "long"],
    ["VirtualMachine", "summary.storage.committed", 2n ** 60n, "long"],
    ["VirtualMachine", "runtime.bootTime", "2026-01-01T00:00:00Z", "dateTime"],
    ["VirtualMachine", "config", { name: "a" }, "VirtualMachineConfigInfo"],
    ["VirtualMachine", "network", [], "ArrayOfManagedObjectReference"],
    ["VirtualMachine", "config.hardware.device", [], "ArrayOfVirtualDevice"],
    ["VirtualMachine", "config.hardware.device[4000]", { _typeName: "VirtualVmxnet3" }, "VirtualVmxnet3"],
    ["VirtualMachine", "config.hardware.device[4000].macAddress", "00:50:56:00:00:01", "string"],
    ["VirtualMachine", 'config.extraConfig["a.b"].value', "v", "string"],
    ["VirtualMachine", "parent", { type: "Folder", value: "group-v3" }, "ManagedObjectReference"],
    ["Datastore", "info.timestamp", "2026-01-01T00:00:00Z", "dateTime"],
    ["HostSystem", "summary.hardware.cpuMhz", 2400, "int"],
    ["VirtualMachine", "disabledMethod", ["PowerOnVM_Task"], "ArrayOfString"],
  ])("at %s %s", (type, path, value, name) => {
    expect(at(type, path, value)).toBe(name);
  });

  it.each([
    [5, "int"],
    [2 ** 31, "long"],
    [1.5, "double"],
    [3n, "long"],
    [true, "boolean"],
    ["a", "string"],
    [new Uint8Array(1), "base64Binary"],
    [[1, 2], "ArrayOfInt"],
    [[1, 2 ** 40], "ArrayOfLong"],
    [[1, 1.5], "ArrayOfDouble"],
    [["a"], "ArrayOfString"],
    [[], "ArrayOfString"],
    [[1, "a"], "ArrayOfAnyType"],
    [[{ type: "Task", value: "task-1" }], "ArrayOfManagedObjectReference"],
    [[{ _typeName: "VirtualDisk" }, { _typeName: "VirtualVmxnet3" }], "ArrayOfVirtualDevice"],
    [{ _typeName: "OptionValue" }, "OptionValue"],
  ])("where only the value tells, %#", (value, name) => {
    expect(wireType(value)).toBe(name);
  });

  it("is what the value is where a hint cannot be right", () => {
    expect(at("VirtualMachine", "name", 5)).toBe("int");
    expect(at("VirtualMachine", "config.hardware.memoryMB", 2 ** 40)).toBe("long");
  });

  it("knows what tasks leave", () => {
    expect(taskResultType("VirtualMachine.clone")?.ref).toBe("VirtualMachine");
    expect(taskResultType("VirtualMachineProvisioningChecker.checkClone")?.type).toBe("CheckResult");
    expect(taskResultType("VirtualMachine.powerOn")).toBeUndefined();
  });
});
