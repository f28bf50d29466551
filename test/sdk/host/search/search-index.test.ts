import { afterAll, describe, expect, it } from "vitest";
import type { Ref } from "../../../../sdk/vim/index.ts";
import { LabClient } from "../lab-client.ts";

const client = LabClient.start();
afterAll(() => client.close());

const index = client.content.searchIndex as Ref<"SearchIndex">;
const golden = client.at("VirtualMachine", "/DC0/vm/golden");
const web = client.at("VirtualMachine", "/DC0/vm/servers/web-01");
const dc = client.at("Datacenter", "/DC0");
const host = client.at("HostSystem", "/DC0/host/cluster-01/esx-01.lab.local");
const fork = (name: string, more: { biosUuid?: string } = {}) =>
  client.run(golden, "InstantClone_Task", { spec: { name, location: {}, ...more } }) as Ref<"VirtualMachine">;

describe("the search index", () => {
  it("finds objects by inventory paths, whose names are escaped", () => {
    const odd = fork("50% a/b\\c");
    const find = (inventoryPath: string) => client.call(index, "FindByInventoryPath", { inventoryPath });
    expect(find("/DC0/vm/50%25 a%2fb%5cc")).toEqual(odd);
    expect(find("DC0/vm/golden")).toEqual(golden);
    expect(find("/")).toEqual(client.content.rootFolder);
    expect(find("/DC0/host/cluster-01/Resources/servers")?.type).toBe("ResourcePool");
    expect(find("/DC0/vm/nobody")).toBeUndefined();
    expect(find("/DC0/vm/golden/x")).toBeUndefined();
  });

  it("finds children by name", () => {
    const find = (entity: Ref<"ManagedEntity">, name: string) => client.call(index, "FindChild", { entity, name });
    expect(find(dc, "vm")).toEqual(client.at("Folder", "/DC0/vm"));
    expect(find(client.at("Folder", "/DC0/vm"), "golden")).toEqual(golden);
    expect(find(golden, "x")).toBeUndefined();
  });

  it("finds machines by UUIDs, those that somebody chose and those that nobody did, and hosts", () => {
    const biosUuid = "564D1234-0000-1111-2222-333344445555";
    const chosen = fork("chosen", { biosUuid });
    const find = (uuid: unknown, vmSearch = true, instanceUuid = false) =>
      client.call(index, "FindByUuid", { uuid: String(uuid), vmSearch, instanceUuid });
    expect(find(biosUuid)).toEqual(chosen);
    expect(client.get(chosen, "config.uuid")).toBe(biosUuid.toLowerCase());
    expect(find(client.get(web, "config.uuid"))).toEqual(web);
    expect(find(client.get(web, "config.instanceUuid"), true, true)).toEqual(web);
    expect(find(client.get(web, "config.instanceUuid"))).toBeUndefined();
    expect(find(client.get(host, "hardware.systemInfo.uuid"), false)).toEqual(host);
    expect(find("nonsense")).toBeUndefined();
    const both = fork("both", { biosUuid });
    expect(client.call(index, "FindAllByUuid", { uuid: biosUuid, vmSearch: true })).toEqual([chosen, both]);
  });

  it("finds machines by what their guests show, in one datacenter or all", () => {
    const find = (ip: string, datacenter?: Ref<"Datacenter">) =>
      client.call(index, "FindByIp", { ip, vmSearch: true, ...(datacenter ? { datacenter } : {}) });
    expect(find("192.168.10.11")).toEqual(web);
    expect(find("192.168.10.11", dc)).toEqual(web);
    expect(find("10.0.0.1")).toBeUndefined();
    const other = client.call(client.content.rootFolder as Ref<"Folder"> & { type: "Folder" }, "CreateDatacenter", {
      name: "DC1",
    });
    expect(find("192.168.10.11", other)).toBeUndefined();
    expect(client.call(index, "FindByDnsName", { dnsName: "WEB-01.lab.local", vmSearch: true })).toEqual(web);
    expect(client.call(index, "FindByDnsName", { dnsName: "esx-01.lab.local", vmSearch: false })).toEqual(host);
    expect(client.call(index, "FindAllByDnsName", { dnsName: "nobody", vmSearch: true })).toEqual([]);
    expect(client.call(index, "FindAllByIp", { ip: "192.168.10.11", vmSearch: true })).toEqual([web]);
  });

  it("finds a machine by the path of its configuration file", () => {
    const find = (path: string) => client.call(index, "FindByDatastorePath", { datacenter: dc, path });
    expect(find("[vmfs-01] golden/golden.vmx")).toEqual(golden);
    expect(find("[vmfs-01] golden/other.vmx")).toBeUndefined();
    expect(() => find("[nowhere] golden/golden.vmx")).toThrow(/nowhere/);
    expect(() => find("golden/golden.vmx")).toThrow(/path on a datastore/);
  });
});
