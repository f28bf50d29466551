import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Ref } from "../../../../sdk/vim/index.ts";
import { LabClient } from "../lab-client.ts";
import { faultOf, Vcenter } from "../machine/vcenter.ts";

let vc: Vcenter;
let options: Ref<"OptionManager">;
beforeEach(() => {
  vc = new Vcenter();
  options = { type: "OptionManager", value: `EsxHostAdvSettings-${vc.find("HostSystem", "esx-01.lab.local").id}` };
});
afterEach(() => vc.close());

const prohibit = (value: unknown) =>
  vc.call(options, "UpdateOptions", { changedValue: [{ key: "Migrate.ProhibitInstantClone", value }] });

describe("a host's advanced options", () => {
  it("are found through its configManager and read as properties", () => {
    const client = LabClient.start();
    const host = vc.ref("HostSystem", "esx-01.lab.local");
    const manager = client.get(host, "configManager.advancedOption");
    expect(manager).toEqual(options);
    expect(client.get(options, "setting")).toContainEqual(
      expect.objectContaining({ key: "Migrate.ProhibitInstantClone", value: 0 }),
    );
    expect(client.get(options, "supportedOption")).toContainEqual(
      expect.objectContaining({
        key: "Migrate.ProhibitInstantClone",
        optionType: expect.objectContaining({ min: 0, max: 1, defaultValue: 0 }),
      }),
    );
    client.close();
  });

  it("are asked for by name or by what names begin with", () => {
    const option = { key: "Migrate.ProhibitInstantClone", value: 0 };
    for (const name of ["Migrate.", "Migrate", "Migrate.ProhibitInstantClone"])
      expect(vc.call(options, "QueryOptions", { name })).toMatchObject([option]);
    expect(vc.call(options, "QueryOptions", {})).toContainEqual(expect.objectContaining(option));
    expect(faultOf(() => vc.call(options, "QueryOptions", { name: "Mig" }))).toMatchObject({
      _typeName: "InvalidName",
      name: "Mig",
    });
  });

  it("prohibit instant clones on that host, until they allow them again", () => {
    prohibit(1);
    const spec = { name: "desk-1", location: {} };
    expect(vc.fault("golden", "InstantClone_Task", { spec })).toMatchObject({ _typeName: "NotSupported" });
    prohibit(0);
    vc.instantClone("golden", "desk-1");
  });

  it("take only values within their bounds, and names there are", () => {
    for (const value of [2, -1, 0.5, "1", undefined])
      expect(faultOf(() => prohibit(value))._typeName).toBe("InvalidArgument");
    const changedValue = [
      { key: "Migrate.ProhibitInstantClone", value: 1 },
      { key: "Mem.Nothing", value: 1 },
    ];
    expect(faultOf(() => vc.call(options, "UpdateOptions", { changedValue }))._typeName).toBe("InvalidName");
    expect(vc.find("HostSystem", "esx-01.lab.local").options).toBeUndefined();
  });

  it("are numbers, texts or switches, each of its own kind", () => {
    const set = (key: string, value: unknown) => vc.call(options, "UpdateOptions", { changedValue: [{ key, value }] });
    set("Config.Etc.motd", "mine");
    set("Config.HostAgent.plugins.solo.enableMob", true);
    expect(vc.call(options, "QueryOptions", { name: "Config.Etc.motd" })).toMatchObject([{ value: "mine" }]);
    expect(faultOf(() => set("Config.Etc.motd", 1))._typeName).toBe("InvalidArgument");
    expect(faultOf(() => set("Config.HostAgent.plugins.solo.enableMob", "yes"))._typeName).toBe("InvalidArgument");
  });

  it("belong to hosts that are there", () => {
    const gone = { type: "OptionManager", value: "EsxHostAdvSettings-9999" } as const;
    expect(faultOf(() => vc.call(gone, "QueryOptions"))._typeName).toBe("ManagedObjectNotFound");
  });
});
