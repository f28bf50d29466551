import { afterAll, describe, expect, it } from "vitest";
import { HostFault } from "../../../../sdk/host/index.ts";
import type { Ref, vim } from "../../../../sdk/vim/index.ts";
import { LabClient } from "../lab-client.ts";

const client = LabClient.start();
afterAll(() => client.close());
const golden = client.at("VirtualMachine", "/DC0/vm/golden");
const root = client.content.rootFolder;

const of = (obj: Ref, ...pathSet: string[]): vim.PropertyFilterSpec => ({
  propSet: [{ type: obj.type, pathSet }],
  objectSet: [{ obj }],
});
const names = (contents: readonly vim.ObjectContent[]) =>
  contents.map(({ propSet }) => propSet?.find(({ name }) => name === "name")?.val).sort();
const traversal = (
  type: string,
  path: string,
  selectSet: readonly vim.SelectionSpec[] = [],
  name = path,
): vim.TraversalSpec => ({
  _typeName: "TraversalSpec",
  name,
  type,
  path,
  skip: false,
  selectSet,
});

function faultOf(work: () => unknown): Record<string, unknown> {
  try {
    work();
  } catch (error) {
    if (error instanceof HostFault) return { ...error.fault, message: error.message };
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("retrieving", () => {
  it("reads nested properties and elements of arrays by their keys", () => {
    const [content] = client.retrieve(
      of(
        golden,
        "runtime.powerState",
        "config.hardware.device[4000].macAddress",
        "config.hardware.device[2000].backing.fileName",
      ),
    );
    expect(content?.obj).toEqual(golden);
    expect(content?.propSet).toEqual([
      { name: "runtime.powerState", val: "poweredOn" },
      { name: "config.hardware.device[4000].macAddress", val: expect.stringMatching(/^00:50:56:[89ab]/) },
      { name: "config.hardware.device[2000].backing.fileName", val: "[vmfs-01] golden/golden.vmdk" },
    ]);
  });

  it("leaves out what is unset, without a word", () => {
    const [content] = client.retrieve(
      of(golden, "snapshot", 'config.extraConfig["none"]', "config.hardware.device[9].key", "name"),
    );
    expect(content).toEqual({ obj: golden, propSet: [{ name: "name", val: "golden" }] });
  });

  it("says of a data object what type it is, as any slot for any type does", () => {
    expect(client.get(golden, "summary.quickStats")).toMatchObject({ _typeName: "VirtualMachineQuickStats" });
    expect(client.get(golden, "config.hardware.device[4000]")).toMatchObject({ _typeName: "VirtualVmxnet3" });
  });

  it("takes properties asked for a base type, and joins them with those of the type itself", () => {
    const view = client.view(["VirtualMachine"]);
    const spec = LabClient.through(view, "ManagedEntity", ["name"]);
    const both = {
      ...spec,
      propSet: [...spec.propSet, { type: "VirtualMachine", pathSet: ["name", "runtime.powerState"] }],
    };
    const contents = client.retrieve(both);
    expect(names(contents)).toEqual([
      "build-01",
      "db-01",
      "golden",
      "photon-golden",
      "ubuntu-template",
      "web-01",
      "web-02",
    ]);
    expect(contents.every(({ propSet }) => propSet?.length === 2)).toBe(true);
  });

  it("reports each object once however many ways lead to it, and none of a type that nothing was asked of", () => {
    const spec: vim.PropertyFilterSpec = {
      propSet: [{ type: "VirtualMachine", pathSet: ["name"] }],
      objectSet: [
        {
          obj: root,
          selectSet: [
            traversal("Folder", "childEntity", [
              { name: "childEntity" },
              { name: "vmFolder" },
              { name: "hostFolder" },
              { name: "host" },
            ]),
            traversal("Datacenter", "vmFolder", [{ name: "childEntity" }]),
            traversal("Datacenter", "hostFolder", [{ name: "childEntity" }]),
            traversal("ComputeResource", "host", [traversal("HostSystem", "vm")]),
          ],
        },
      ],
    };
    expect(names(client.retrieve(spec))).toEqual([
      "build-01",
      "db-01",
      "golden",
      "photon-golden",
      "ubuntu-template",
      "web-01",
      "web-02",
    ]);
  });

  it("walks a ring to its end", () => {
    const up = traversal("ManagedEntity", "parent", [{ name: "parent" }, { name: "childEntity" }]);
    const down = traversal("Folder", "childEntity", [{ name: "parent" }]);
    const spec = {
      propSet: [{ type: "ManagedEntity", pathSet: ["name"] }],
      objectSet: [{ obj: golden, selectSet: [up, down] }],
    };
    expect(names(client.retrieve(spec))).toContain("Datacenters");
  });

  it("gives large answers page by page, by tokens that can be used once", () => {
    const spec = LabClient.through(client.view(["ManagedEntity"]), "ManagedEntity", ["name"]);
    const all = client.retrieve(spec);
    let page = client.call(client.collector, "RetrievePropertiesEx", { specSet: [spec], options: { maxObjects: 7 } });
    const read = [...(page?.objects ?? [])];
    const { token } = page ?? {};
    while (page?.token !== undefined) {
      expect(page.objects).toHaveLength(7);
      page = client.call(client.collector, "ContinueRetrievePropertiesEx", { token: page.token });
      read.push(...page.objects);
    }
    expect(read).toEqual(all);
    expect(
      faultOf(() => client.call(client.collector, "ContinueRetrievePropertiesEx", { token: token ?? "" })),
    ).toMatchObject({
      _typeName: "InvalidArgument",
      invalidProperty: "token",
    });
  });

  it("goes on with the answer that it began, whatever has happened in between", () => {
    const twin = new LabClient(client.host.fork());
    const spec = LabClient.through(twin.view(["VirtualMachine"]), "VirtualMachine", [
      "name",
      "summary.quickStats.privateMemory",
    ]);
    const first = twin.call(twin.collector, "RetrievePropertiesEx", { specSet: [spec], options: { maxObjects: 1 } });
    for (const name of ["web-01", "db-01"]) {
      const machine = twin.at("VirtualMachine", `/DC0/vm/servers/${name}`);
      twin.run(machine, "PowerOffVM_Task", {});
      twin.run(machine, "Destroy_Task", {});
    }
    const mark = client.host.snapshot();
    twin.host.restore(mark);
    mark.release();
    const read = [...(first?.objects ?? [])];
    for (let token = first?.token; token !== undefined; ) {
      const page = twin.call(twin.collector, "ContinueRetrievePropertiesEx", { token });
      read.push(...page.objects);
      token = page.token;
    }
    expect(names(read)).toHaveLength(7);
    twin.close();
  });

  it("names the path, type or object that is wrong", () => {
    expect(faultOf(() => client.retrieve(of(golden, "runtime.power")))).toMatchObject({
      _typeName: "InvalidProperty",
      name: "runtime.power",
    });
    expect(faultOf(() => client.retrieve(of(golden, "config.hardware.device.key")))).toMatchObject({
      name: "config.hardware.device.key",
    });
    expect(faultOf(() => client.retrieve(of(golden, "config..name")))).toMatchObject({ _typeName: "InvalidProperty" });
    expect(faultOf(() => client.retrieve(of(golden, "name[0]")))).toMatchObject({
      _typeName: "InvalidProperty",
      name: "name[0]",
    });
    const wrongType = { propSet: [{ type: "Machine", pathSet: [] }], objectSet: [{ obj: golden }] };
    expect(faultOf(() => client.retrieve(wrongType))).toMatchObject({ _typeName: "InvalidType", argument: "Machine" });
    const gone: Ref<"VirtualMachine"> = { type: "VirtualMachine", value: "vm-999" };
    expect(faultOf(() => client.retrieve(of(gone, "name")))).toMatchObject({
      _typeName: "ManagedObjectNotFound",
      obj: gone,
    });
    expect(client.retrieve({ ...of(gone, "name"), reportMissingObjectsInResults: true })).toEqual([]);
    const nowhere = { ...of(root, "name"), objectSet: [{ obj: root, selectSet: [{ name: "nowhere" }] }] };
    expect(faultOf(() => client.retrieve(nowhere))).toMatchObject({ _typeName: "InvalidArgument" });
    const noReference = { ...of(root, "name"), objectSet: [{ obj: root, selectSet: [traversal("Folder", "name")] }] };
    expect(faultOf(() => client.retrieve(noReference))).toMatchObject({ _typeName: "InvalidProperty", name: "name" });
  });

  it("reads one property of one object by Fetch, which no schema lists", () => {
    const fetch = (obj: Ref, prop: string) => client.host.call(client.connection, obj, "Fetch", { prop });
    expect(fetch(golden, "config.name")).toBe("golden");
    expect(fetch(client.content.sessionManager as Ref, "defaultLocale")).toBe("en");
    expect(faultOf(() => fetch(golden, "nothing"))).toMatchObject({ _typeName: "InvalidProperty", name: "nothing" });
  });
});

describe("before login", () => {
  const stranger = new LabClient(client.host, false);
  it("only what is anyone's can be read", () => {
    const service: Ref = { type: "ServiceInstance", value: "ServiceInstance" };
    expect(stranger.get(service, "content")).toMatchObject({ rootFolder: root });
    expect(stranger.get(stranger.content.sessionManager as Ref, "currentSession")).toBeUndefined();
    expect(faultOf(() => stranger.get(root, "name"))).toMatchObject({ _typeName: "NotAuthenticated" });
  });
});
