import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  connect,
  type ForkWarning,
  type Host,
  type InventoryDescription,
  type Session,
  startHost,
  type VirtualMachine,
  vim,
} from "../../../sdk/index.ts";

const inventory: InventoryDescription = {
  datacenters: [
    {
      name: "DC",
      clusters: [{ name: "C", hosts: [{ name: "H", memoryGiB: 64 }] }],
      datastores: [{ name: "D" }],
      networks: ["one", "two"],
      machines: [
        {
          name: "golden",
          networks: ["one", "two"],
          disks: [{ sizeGiB: 1 }],
          power: "frozen",
          guest: { hostName: "golden", ipAddress: "10.0.0.1" },
        },
        { name: "web", disks: [{ sizeGiB: 1 }], power: "poweredOn", guest: { hostName: "web", ipAddress: "10.0.0.2" } },
        { name: "quiet", disks: [{ sizeGiB: 1 }], power: "poweredOn", guest: { hostName: "quiet" } },
      ],
    },
  ],
};

let host: Host;
let vc: Session;
let warnings: ForkWarning[];
beforeEach(async () => {
  host = await startHost({ seed: 1, inventory });
  vc = await connect(host);
  warnings = [];
});
afterEach(async () => {
  await vc.close();
  host.close();
});

const onWarning = (warning: ForkWarning) => void warnings.push(warning);
const of = (name: string) => vc.find.virtualMachine(name);

async function cards(vm: VirtualMachine) {
  const devices = await vm.get("config.hardware.device");
  return (devices ?? []).filter((device) => vim.is(device, "VirtualEthernetCard"));
}
const connected = async (vm: VirtualMachine) => (await cards(vm)).map(({ connectable }) => connectable?.connected);

describe("the network cards of a fork", () => {
  it("are connected when its guest has taken an address of its own", async () => {
    const guestInfo = { "guestinfo.ic.hostname": "a", "guestinfo.ic.ipaddress": "10.0.0.9" };
    const fork = await (await of("golden")).instantClone({ name: "a", guestInfo, onWarning });
    expect(await connected(fork)).toEqual([true, true]);
    expect((await cards(fork))[0]?.connectable).not.toHaveProperty("migrateConnect");
    expect(warnings).toEqual([]);
  });

  it("were disconnected until then", async () => {
    const fork = await (await of("golden")).instantClone({ name: "a", network: "disconnected" });
    expect(await connected(fork)).toEqual([false, false]);
    expect((await cards(fork))[0]?.connectable).toMatchObject({ startConnected: true, migrateConnect: "disconnect" });
    expect((await cards(fork))[0]?.macAddress).not.toBe((await cards(await of("golden")))[0]?.macAddress);
  });

  it("stay disconnected when the guest keeps its source's address, and the caller is told", async () => {
    const fork = await (await of("golden")).instantClone({ name: "a", identityTimeout: 5, onWarning });
    expect(await connected(fork)).toEqual([false, false]);
    expect(warnings).toMatchObject([{ code: "LeftDisconnected", name: "a" }]);
    expect(warnings[0]?.message).toContain("10.0.0.1");
  });

  it("stay so at once where the source was running: nobody tells its guest that it is another now", async () => {
    const report = await vc.fork(await of("web"), { count: 3, name: (i) => `web-${i}` });
    expect(report.warnings.map(({ code, name }) => [code, name])).toEqual(
      [1, 2, 3].map((i) => ["LeftDisconnected", `web-${i}`]),
    );
    for (const fork of report.created) expect(await connected(fork)).toEqual([false]);
  });

  it("are connected where there is no address that could be in anybody's way", async () => {
    const { created, warnings: told } = await vc.fork(await of("quiet"), { count: 2, name: (i) => `quiet-${i}` });
    expect(told).toEqual([]);
    for (const fork of created) expect(await connected(fork)).toEqual([true]);
  });

  it("are as the source's all along where that is asked for", async () => {
    const fork = await (await of("web")).instantClone({ name: "a", network: "connected", onWarning });
    expect(await connected(fork)).toEqual([true]);
    expect(warnings).toEqual([]);
  });

  it("are as the caller's own edits say, and stay on the network that they were put on", async () => {
    const [first, second] = await cards(await of("golden"));
    if (!first || !second) throw new Error("two cards");
    const deviceChange: vim.VirtualDeviceConfigSpec[] = [
      { operation: "edit", device: { _typeName: "VirtualVmxnet3", key: first.key, connectable: off } },
      {
        operation: "edit",
        device: {
          _typeName: "VirtualVmxnet3",
          key: second.key,
          backing: { _typeName: "VirtualEthernetCardNetworkBackingInfo", deviceName: "one" },
        },
      },
    ];
    const guestInfo = { "guestinfo.ic.ipaddress": "10.0.0.9" };
    const fork = await (await of("golden")).instantClone({ name: "a", guestInfo, deviceChange, onWarning });
    expect(await connected(fork)).toEqual([false, true]);
    expect((await cards(fork))[1]?.deviceInfo?.summary).toBe("one");
  });

  it("are left to others where the caller may not edit devices: the fork is there all the same", async () => {
    const forker = { name: "forker@vsphere.local", password: "secret" };
    const guarded = await startHost({ seed: 1, inventory, users: [admin, forker] });
    const owner = await connect(guarded);
    const { authorizationManager, rootFolder } = owner.content;
    if (!authorizationManager) throw new Error("no authorization manager");
    const privIds = [
      ["VirtualMachine.Provisioning.Clone", "VirtualMachine.Interact.PowerOn", "Resource.AssignVMToPool"],
      ["VirtualMachine.Inventory.CreateFromExisting", "Datastore.AllocateSpace"],
    ].flat();
    const roleId = await owner.call(authorizationManager, "AddAuthorizationRole", { name: "forker", privIds });
    const permission = [{ principal: "VSPHERE.LOCAL\\forker", group: false, roleId, propagate: true }];
    await owner.call(authorizationManager, "SetEntityPermissions", { entity: rootFolder, permission });
    const session = await connect(guarded, { user: forker.name, password: forker.password });
    const fork = await (await session.find.virtualMachine("quiet")).instantClone({ name: "a", onWarning });
    expect(await connected(fork)).toEqual([false]);
    expect(warnings[0]?.message).toContain("VirtualMachine.Config.EditDevice");
    guarded.close();
  });

  it("cost a fork nothing once they are as the source's again", async () => {
    const { created } = await vc.fork(await of("quiet"), { count: 2, name: (i) => `quiet-${i}` });
    for (const { id } of created)
      expect(host.universe.state.objects.get(Number(id.slice(3)))).toMatchObject({ devices: undefined });
  });
});

const off = { connected: false, startConnected: false, allowGuestControl: true };
const admin = { name: "Administrator@vsphere.local", password: "secret" };

describe("settings that a clone would ignore", () => {
  it("are told of: what they seem to change, and what would", async () => {
    const guestInfo = { numCPUs: "4", "config.hardware.memoryMB": "8192", "uuid.bios": "42", "guestinfo.name": "fine" };
    await (await of("quiet")).instantClone({ name: "a", guestInfo, onWarning });
    expect(warnings.map(({ code, message }) => [code, message.split("'")[1]])).toEqual([
      ["IgnoredSetting", "numCPUs"],
      ["IgnoredSetting", "config.hardware.memoryMB"],
      ["IgnoredSetting", "uuid.bios"],
    ]);
    expect(warnings[2]?.message).toContain("biosUuid");
  });

  it("are told of once for all forks of a call", async () => {
    const guestInfo = (i: number) => ({ memoryMB: String(i) });
    const report = await vc.fork(await of("quiet"), { count: 20, name: (i) => `quiet-${i}`, guestInfo });
    expect(report.warnings).toHaveLength(1);
    expect(report.created).toHaveLength(20);
  });

  it("are told of by Node where nobody listens", async () => {
    const heard = new Promise<Error>((resolve) => process.once("warning", resolve));
    await (await of("quiet")).instantClone({ name: "a", guestInfo: { numCPUs: "4" } });
    expect(await heard).toMatchObject({ name: "FargoWarning", code: "IgnoredSetting" });
  });
});
