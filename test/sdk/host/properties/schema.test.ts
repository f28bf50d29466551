import { afterAll, describe, expect, it } from "vitest";
import type { Ref, vim } from "../../../../sdk/vim/index.ts";
import { managedType } from "../../../../sdk/vim/schema.ts";
import { misfits } from "../conform.ts";
import { LabClient } from "../lab-client.ts";

const client = LabClient.start();
afterAll(() => client.close());

function populate(): void {
  const golden = client.at("VirtualMachine", "/DC0/vm/golden");
  const web = client.at("VirtualMachine", "/DC0/vm/servers/web-01");
  const db = client.at("VirtualMachine", "/DC0/vm/servers/db-01");
  client.run(golden, "InstantClone_Task", {
    spec: { name: "fork/1", location: {}, config: [{ _typeName: "OptionValue", key: "guestinfo.a", value: "1" }] },
  });
  client.run(web, "InstantClone_Task", { spec: { name: "running fork", location: {} } });
  client.run(db, "CreateSnapshot_Task", { name: "before", description: "", memory: true, quiesce: false });
  client.run(db, "CreateSnapshot_Task", { name: "after", description: "", memory: false, quiesce: false });
  client.run(web, "SuspendVM_Task", {});
  expect(() => client.run(web, "SuspendVM_Task", {})).toThrow();
}

/** Every property of an object, by name. */
function allOf(obj: Ref): Map<string, unknown> {
  const [content] = client.retrieve({ propSet: [{ type: obj.type, all: true }], objectSet: [{ obj }] });
  return new Map(content?.propSet?.map(({ name, val }) => [name, val]));
}

function check(obj: Ref, optionalRequired: readonly string[] = []): string[] {
  const values = allOf(obj);
  return (managedType(obj.type)?.properties ?? []).flatMap((property) => {
    if (optionalRequired.includes(property.name) && !values.has(property.name)) return [];
    return misfits(values.get(property.name), property, `${obj.value}.${property.name}`, true);
  });
}

const entityTypes = [
  "Folder",
  "Datacenter",
  "ClusterComputeResource",
  "HostSystem",
  "ResourcePool",
  "Datastore",
  "Network",
  "VirtualMachine",
];

describe("every property of every object of the lab is what the schema says", () => {
  populate();

  it.each(entityTypes)("of the type %s", (type) => {
    const objects = client.retrieve(LabClient.through(client.view([type]), type, []));
    expect(objects.length).toBeGreaterThan(0);
    for (const { obj } of objects) expect(check(obj)).toEqual([]);
  });

  it("of the root folder, which is in no view", () => {
    expect(check(client.content.rootFolder)).toEqual([]);
  });

  it("of snapshots", () => {
    const db = client.at("VirtualMachine", "/DC0/vm/servers/db-01");
    const { currentSnapshot, rootSnapshotList } = client.get(db, "snapshot") as vim.VirtualMachineSnapshotInfo;
    expect(rootSnapshotList[0]?.childSnapshotList?.[0]?.snapshot).toEqual(currentSnapshot);
    for (const ref of [currentSnapshot, rootSnapshotList[0]?.snapshot]) expect(ref && check(ref)).toEqual([]);
  });

  it("of tasks, finished and failed", () => {
    const tasks = client.get(client.content.taskManager as Ref, "recentTask") as Ref[];
    expect(tasks.length).toBeGreaterThan(4);
    for (const ref of tasks) expect(check(ref)).toEqual([]);
  });

  it("of services", () => {
    const services = Object.values(client.content).filter(
      (ref): ref is Ref => typeof ref === "object" && "value" in ref,
    );
    for (const ref of [{ type: "ServiceInstance", value: "ServiceInstance" } as Ref, ...services]) {
      expect(check(ref)).toEqual([]);
    }
  });

  it("of what belongs to a session", () => {
    const list = client.call(client.content.viewManager as Ref<"ViewManager">, "CreateListView", {
      obj: [client.content.rootFolder],
    });
    const tree = client.call(client.content.viewManager as Ref<"ViewManager">, "CreateInventoryView", {});
    const view = client.view(["VirtualMachine"]);
    const spec = LabClient.through(view, "VirtualMachine", ["name"]);
    const filter = client.call(client.collector, "CreateFilter", { spec, partialUpdates: true });
    for (const ref of [list, tree, view, filter, client.collector]) expect(check(ref)).toEqual([]);
    const views = client.get(client.content.viewManager as Ref, "viewList");
    expect(views).toEqual(expect.arrayContaining([list, tree, view]));
  });

  it("of browsers", () => {
    const host = client.at("HostSystem", "/DC0/host/cluster-01/esx-01.lab.local");
    const golden = client.at("VirtualMachine", "/DC0/vm/golden");
    expect(check(client.get(host, "datastoreBrowser") as Ref)).toEqual([]);
    expect(check(client.get(golden, "environmentBrowser") as Ref)).toEqual([]);
  });

  it("of events", () => {
    const latest = client.get(client.content.eventManager as Ref, "latestEvent");
    expect(latest).toBeDefined();
    const events = client.call(client.content.eventManager as Ref<"EventManager">, "QueryEvents", { filter: {} });
    const info = { type: "Event", array: false, optional: false };
    for (const event of events) expect(misfits(event, info, `event ${event.key}`, true)).toEqual([]);
    expect(events.map((event) => event._typeName)).toContain("EventEx");
  });
});
