import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Caller } from "../caller.ts";
import { LabClient } from "../lab-client.ts";

let vc: Caller;
beforeEach(() => {
  vc = Caller.start();
});
afterEach(() => vc.close());

const one = <T extends string>(type: T, value: string = type) => ({ type, value }) as const;
const fields = one("CustomFieldsManager");
const read = (ref: { type: string; value: string }, path: string): unknown =>
  new LabClient(vc.host).get(ref as never, path);

describe("custom fields", () => {
  const add = (name: string, moType?: string) =>
    vc.call(fields, "AddCustomFieldDef", moType ? { name, moType } : { name }) as { key: number };

  it("are for all objects or for those of a type, have names of their own, and take values away with them", () => {
    const { key } = add("owner", "VirtualMachine");
    const everywhere = add("place");
    expect(vc.fault(fields, "AddCustomFieldDef", { name: "owner", moType: "VirtualMachine" })._typeName).toBe(
      "DuplicateName",
    );
    const golden = vc.ref("VirtualMachine", "golden");
    const host = vc.ref("HostSystem", "esx-01.lab.local");
    vc.call(fields, "SetField", { entity: golden, key, value: "me" });
    vc.call(golden, "setCustomValue", { key: "place", value: "here" });
    expect(read(golden, "customValue")).toEqual([
      { _typeName: "CustomFieldStringValue", key, value: "me" },
      { _typeName: "CustomFieldStringValue", key: everywhere.key, value: "here" },
    ]);
    expect(read(golden, "availableField")).toHaveLength(2);
    expect(read(host, "availableField")).toHaveLength(1);
    expect(vc.fault(fields, "SetField", { entity: host, key, value: "x" })._typeName).toBe("InvalidArgument");
    expect(read(golden, "summary.customValue")).toHaveLength(2);
    vc.call(fields, "RenameCustomFieldDef", { key, name: "keeper" });
    expect(read(fields, "field")).toMatchObject([{ name: "keeper" }, { name: "place" }]);
    vc.call(fields, "RemoveCustomFieldDef", { key });
    expect(read(golden, "customValue")).toHaveLength(1);
    vc.call(golden, "setCustomValue", { key: "place", value: "" });
    expect(read(golden, "customValue") ?? []).toEqual([]);
  });

  it("belong to the vCenter that they were made in: twins and marks have their own", () => {
    const mark = vc.host.snapshot();
    const twin = vc.host.fork();
    add("owner");
    expect(read(fields, "field")).toHaveLength(1);
    expect(new LabClient(twin).get(fields, "field") ?? []).toEqual([]);
    vc.host.restore(mark);
    expect(read(fields, "field") ?? []).toEqual([]);
    mark.release();
    twin.close();
  });
});

describe("options of the vCenter", () => {
  const setting = one("OptionManager", "VpxSettings");
  it("read back as they are written, each of its own kind", () => {
    const set = (key: string, value: unknown) => vc.call(setting, "UpdateOptions", { changedValue: [{ key, value }] });
    set("VirtualCenter.InstanceName", "mine");
    set("config.own.switch", true);
    expect(vc.call(setting, "QueryOptions", { name: "VirtualCenter.InstanceName" })).toMatchObject([{ value: "mine" }]);
    expect(vc.call(setting, "QueryOptions", { name: "config.own." })).toMatchObject([{ value: true }]);
    expect(vc.fault(setting, "QueryOptions", { name: "no.such" })._typeName).toBe("InvalidName");
    const wrong = { changedValue: [{ key: "event.maxAge", value: "x" }] };
    expect(vc.fault(setting, "UpdateOptions", wrong)._typeName).toBe("InvalidArgument");
  });
});

describe("licences", () => {
  const manager = one("LicenseManager");
  const assignments = one("LicenseAssignmentManager");
  const key = "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE";
  it("begin with the evaluation, and are added, labelled, assigned and removed", () => {
    expect(read(manager, "licenses")).toMatchObject([{ editionKey: "eval" }]);
    vc.call(manager, "AddLicense", { licenseKey: key, labels: [{ key: "team", value: "a" }] });
    vc.call(manager, "UpdateLicenseLabel", { licenseKey: key, labelKey: "floor", labelValue: "2" });
    expect(vc.call(manager, "DecodeLicense", { licenseKey: key })).toMatchObject({ labels: [{}, { value: "2" }] });
    const { value } = vc.ref("HostSystem", "esx-01.lab.local");
    vc.call(assignments, "UpdateAssignedLicense", { entity: value, licenseKey: key });
    expect(vc.call(assignments, "QueryAssignedLicenses", { entityId: value })).toMatchObject([
      { assignedLicense: { licenseKey: key, used: 1 } },
    ]);
    expect(vc.fault(manager, "RemoveLicense", { licenseKey: key })._typeName).toBe("ResourceInUse");
    vc.call(assignments, "RemoveAssignedLicense", { entityId: value });
    vc.call(manager, "RemoveLicense", { licenseKey: key });
    expect(vc.fault(manager, "AddLicense", { licenseKey: "short" })._typeName).toBe("InvalidArgument");
  });
});

describe("extensions and customization specifications", () => {
  it("are registered, found, changed and removed by their keys", () => {
    const manager = one("ExtensionManager");
    const description = { _typeName: "Description", label: "x", summary: "y" };
    const extension = { description, key: "com.example.x", version: "1", lastHeartbeatTime: "2026-01-01T00:00:00Z" };
    vc.call(manager, "RegisterExtension", { extension });
    vc.call(manager, "UpdateExtension", { extension: { ...extension, version: "2" } });
    expect(vc.call(manager, "FindExtension", { extensionKey: "com.example.x" })).toMatchObject({ version: "2" });
    vc.call(manager, "UnregisterExtension", { extensionKey: "com.example.x" });
    expect(vc.call(manager, "FindExtension", { extensionKey: "com.example.x" })).toBeUndefined();
    expect(vc.fault(manager, "UnregisterExtension", { extensionKey: "com.example.x" })._typeName).toBe("NotFound");
  });

  it("keep specifications by name, and notice when two change one", () => {
    const manager = one("CustomizationSpecManager");
    const spec = {
      identity: {
        _typeName: "CustomizationLinuxPrep",
        hostName: { _typeName: "CustomizationVirtualMachineName" },
        domain: "lab",
      },
      globalIPSettings: {},
    };
    const item = { info: { name: "web", description: "", type: "Linux" }, spec };
    vc.call(manager, "CreateCustomizationSpec", { item });
    expect(vc.fault(manager, "CreateCustomizationSpec", { item })._typeName).toBe("AlreadyExists");
    const kept = vc.call(manager, "GetCustomizationSpec", { name: "web" }) as typeof item;
    expect(kept).toMatchObject({ info: { name: "web", changeVersion: "1" }, spec });
    vc.call(manager, "OverwriteCustomizationSpec", { item: kept });
    expect(vc.fault(manager, "OverwriteCustomizationSpec", { item: kept })._typeName).toBe("ConcurrentAccess");
    vc.call(manager, "DuplicateCustomizationSpec", { name: "web", newName: "db" });
    vc.call(manager, "DeleteCustomizationSpec", { name: "web" });
    expect(read(manager, "info")).toMatchObject([{ name: "db" }]);
    expect(vc.call(manager, "DoesCustomizationSpecExist", { name: "web" })).toBe(false);
  });
});

describe("the user directory", () => {
  it("finds accounts and groups by what their names hold", () => {
    const manager = one("UserDirectory");
    const ask = { searchStr: "admin", exactMatch: false, findUsers: true, findGroups: true };
    expect(vc.call(manager, "RetrieveUserGroups", ask)).toMatchObject([
      { principal: "Administrator", group: false },
      { principal: "Administrators", group: true },
    ]);
    expect(vc.fault(manager, "RetrieveUserGroups", { ...ask, domain: "elsewhere" })._typeName).toBe("NotFound");
  });
});

describe("the log", () => {
  it("has a line for every event, whose numbers stay when old ones are forgotten", () => {
    const manager = one("DiagnosticManager", "DiagMgr");
    const browse = (more: object) =>
      vc.call(manager, "BrowseDiagnosticLog", { key: "vpxd:vpxd.log", ...more }) as {
        lineEnd: number;
        lineText?: string[];
      };
    const before = browse({ lines: 0 }).lineEnd;
    vc.task(vc.ref("VirtualMachine", "web-01"), "PowerOffVM_Task");
    const { lineEnd, lineText = [] } = browse({ start: before + 1 });
    expect(lineText).toHaveLength(lineEnd - before);
    expect(lineText.at(-1)).toContain("web-01");
    expect(browse({ start: before + 1, lines: 1 }).lineText).toEqual(lineText.slice(0, 1));
    expect(vc.fault(manager, "BrowseDiagnosticLog", { key: "hostd" })._typeName).toBe("CannotAccessFile");
    const host = vc.ref("HostSystem", "esx-01.lab.local");
    expect(vc.fault(manager, "QueryDescriptions", { host })._typeName).toBe("NotSupported");
  });
});
