import fc from "fast-check";
import type { Mark } from "../../../../sdk/host/index.ts";
import { permissionFor } from "../../../../sdk/host/session/permissions.ts";
import { refOf } from "../../../../sdk/host/state/id.ts";
import type { MachineRecord } from "../../../../sdk/host/state/machine-record.ts";
import type { InventoryRecord, Kind, RecordOf } from "../../../../sdk/host/state/record.ts";
import { isKind } from "../../../../sdk/host/state/view.ts";
import type { Ref } from "../../../../sdk/vim/index.ts";
import type { LabClient } from "../lab-client.ts";

const what = [
  "fork",
  "destroy",
  "rename",
  "move",
  "power",
  "off",
  "folder",
  "extraConfig",
  "write",
  "read only",
  "list",
  "unlist",
  "snapshot",
  "unsnapshot",
  "mark",
  "restore",
  "reparent",
  "pool",
  "rehost",
] as const;

export const actionArbitrary = fc.record({ what: fc.constantFrom(...what), a: fc.nat(1000), b: fc.nat(1000) });
export type Action = typeof actionArbitrary extends fc.Arbitrary<infer T> ? T : never;

function pick<K extends Kind>(client: LabClient, kind: K, n: number): RecordOf<K> {
  const found: RecordOf<K>[] = [];
  for (const record of client.host.universe.state.objects.values()) if (isKind(record, kind)) found.push(record);
  const chosen = found[n % found.length];
  if (!chosen) throw new Error(`there is no ${kind}`);
  return chosen;
}

const kinds: readonly Kind[] = ["VirtualMachine", "Folder", "Datastore", "Network", "HostSystem", "ResourcePool"];

/** Does something to a host, if it can be done: most of it by a call, as a client would. What is refused changes nothing. */
export function act(client: LabClient, list: Ref, marks: Mark[], action: Action): void {
  try {
    perform(client, list, marks, action);
  } catch (error) {
    if (!(error instanceof Error) || error.message.startsWith("The simulated vCenter failed")) throw error;
  }
}

function perform(client: LabClient, list: Ref, marks: Mark[], { what, a, b }: Action): void {
  const { universe } = client.host;
  const machine = () => pick(client, "VirtualMachine", a);
  const ref = (record: MachineRecord) => refOf(record) as Ref<"VirtualMachine"> & { type: "VirtualMachine" };
  const someone = (n: number): InventoryRecord => pick(client, kinds[n % kinds.length] ?? "Folder", n);
  switch (what) {
    case "fork":
      client.run(ref(machine()), "InstantClone_Task", {
        spec: {
          name: `fork-${a}-${b}`,
          location: {},
          config: [{ _typeName: "OptionValue", key: "guestinfo.n", value: String(b) }],
        },
      });
      return;
    case "destroy":
      client.run(ref(machine()), "Destroy_Task", {});
      return;
    case "rename":
      client.run(refOf(someone(b)) as Ref<"Folder"> & { type: "Folder" }, "Rename_Task", { newName: `renamed %/${a}` });
      return;
    case "move":
      client.run(refOf(pick(client, "Folder", b)) as Ref<"Folder"> & { type: "Folder" }, "MoveIntoFolder_Task", {
        list: [refOf(someone(a)) as Ref<"ManagedEntity">],
      });
      return;
    case "power":
      client.run(ref(machine()), "PowerOnVM_Task", {});
      return;
    case "off":
      client.run(ref(machine()), "PowerOffVM_Task", {});
      return;
    case "folder":
      client.call(refOf(pick(client, "Folder", a)) as Ref<"Folder"> & { type: "Folder" }, "CreateFolder", {
        name: `folder ${b}`,
      });
      return;
    case "extraConfig":
      client.run(ref(machine()), "ReconfigVM_Task", {
        spec: {
          annotation: `note ${b}`,
          extraConfig: [
            { _typeName: "OptionValue", key: b % 2 ? "guestinfo.n" : "guestinfo.m", value: b % 3 ? String(b) : "" },
          ],
        },
      });
      return;
    case "write":
      universe.transact((tx) => {
        const { memory, disks } = machine();
        const space = b % 2 ? memory : disks[0]?.space;
        if (space) tx.pages.write(space, (b % 64) * 4096, new Uint8Array(300 * 4096).fill(a + 1));
      });
      return;
    case "read only":
      client.host.universe.transact((tx) => {
        const id = someone(b).id;
        if (a % 2)
          tx.permissionTable.set(id, [
            permissionFor("Administrator", { group: false, role: a % 3 ? -5 : -2, propagate: a % 4 > 1 }),
          ]);
        else tx.permissionTable.delete(id);
      });
      return;
    case "list":
      client.call(list as Ref<"ListView">, "ModifyListView", {
        add: [refOf(someone(a)), refOf(someone(b)), { type: "Task", value: `task-${b % 9}` }],
      });
      return;
    case "unlist":
      client.call(list as Ref<"ListView">, "ModifyListView", { remove: [refOf(someone(a))] });
      return;
    case "snapshot":
      client.run(ref(machine()), "CreateSnapshot_Task", { name: `snapshot ${b}`, memory: b % 2 === 0, quiesce: false });
      return;
    case "unsnapshot":
      client.run(ref(machine()), "RemoveAllSnapshots_Task", {});
      return;
    case "mark":
      marks.push(client.host.snapshot());
      return;
    case "restore": {
      const mark = marks[a % marks.length];
      if (mark) client.host.restore(mark);
      return;
    }
    case "reparent":
      client.run(refOf(pick(client, "Folder", a)) as Ref<"Folder"> & { type: "Folder" }, "MoveIntoFolder_Task", {
        list: [refOf(pick(client, "Folder", b)) as Ref<"ManagedEntity">],
      });
      return;
    case "pool":
      client.call(
        refOf(pick(client, "ResourcePool", a)) as Ref<"ResourcePool"> & { type: "ResourcePool" },
        "MoveIntoResourcePool",
        { list: [refOf(pick(client, "VirtualMachine", b)) as Ref<"ManagedEntity">] },
      );
      return;
    case "rehost":
      universe.transact((tx) => {
        const host = pick(client, "HostSystem", b);
        tx.put({ ...host, maintenance: a % 2 === 0, connection: a % 3 ? "connected" : "disconnected" });
      });
  }
}
