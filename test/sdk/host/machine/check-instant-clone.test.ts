import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { vim } from "../../../../sdk/vim/index.ts";
import { everything, faultOf, Vcenter } from "./vcenter.ts";

type Spec = vim.VirtualMachineInstantCloneSpec;

let vc: Vcenter;
beforeEach(() => {
  vc = new Vcenter();
});
afterEach(() => vc.close());

const checker = { type: "VirtualMachineProvisioningChecker", value: "ProvisioningChecker" } as const;

/** What the check says; it must change nothing. */
function check(source: string, spec: object, testType?: readonly string[]): vim.CheckResult {
  const before = everything(vc);
  const found = vc.call(checker, "CheckInstantClone_Task", { vm: vc.ref("VirtualMachine", source), spec, testType });
  expect(everything(vc)).toEqual(before);
  const [result, ...more] = Array.isArray(found) ? found : [];
  expect(more).toEqual([]);
  return result;
}
const names = (list: readonly vim.LocalizedMethodFault[] | undefined) =>
  (list ?? []).map(({ fault }) => fault._typeName);

const refused: Spec = {
  name: "golden",
  location: {
    host: { type: "HostSystem", value: "host-99" },
    pool: { type: "ResourcePool", value: "resgroup-999" },
    deviceChange: [
      { operation: "remove", device: { _typeName: "VirtualVmxnet3", key: 4000 } },
      {
        operation: "edit",
        device: {
          _typeName: "VirtualVmxnet3",
          key: 4000,
          backing: { _typeName: "VirtualEthernetCardNetworkBackingInfo", deviceName: "nowhere" },
        },
      },
    ],
  },
  config: [{ key: "", value: "x" }],
  biosUuid: "none",
};

describe("the check of an instant clone", () => {
  it("has nothing to say of one that will do, and names machine and host", () => {
    expect(check("golden", { name: "desk-1", location: {} })).toEqual({
      vm: vc.ref("VirtualMachine", "golden"),
      host: vc.ref("HostSystem", "esx-01.lab.local"),
    });
  });

  it("finds every refusal, not only the first", () => {
    vc.vm("web-01", "PowerOffVM_Task", {});
    const { error } = check("web-01", { ...refused, name: "web-01" });
    expect(error?.map(({ fault }) => ("invalidProperty" in fault ? fault.invalidProperty : fault._typeName))).toEqual([
      "InvalidPowerState",
      "spec.location.host",
      "DuplicateName",
      "ManagedObjectNotFound",
      "spec.config[0].key",
      "spec.location.deviceChange[0].operation",
      "spec.location.deviceChange[1].device.backing",
      "spec.biosUuid",
    ]);
  });

  it("does the tests that are asked for", () => {
    expect(names(check("golden", refused, ["resourcePoolTests"]).error)).toEqual(["ManagedObjectNotFound"]);
    expect(names(check("golden", refused, ["networkTests", "hostTests"]).error)).toEqual(["InvalidArgument"]);
    expect(check("golden", refused, ["datastoreTests"]).error).toBeUndefined();
    const vm = vc.ref("VirtualMachine", "golden");
    expect(
      faultOf(() => vc.call(checker, "CheckInstantClone_Task", { vm, spec: refused, testType: ["all"] })),
    ).toMatchObject({
      invalidProperty: "testType[0]",
    });
  });

  it("warns of a chain that has become long", () => {
    for (let n = 1; n <= 100; n++) vc.instantClone("web-01", `copy-${n}`);
    expect(names(check("web-01", { name: "x", location: {} }).warning)).toEqual(["GenericVmConfigFault"]);
    expect(names(check("web-01", { name: "x", location: {} }).error)).toEqual([]);
  });

  it("finds what there is no room for", () => {
    const { id } = vc.find("Datastore", "vmfs-01");
    vc.host.universe.transact((tx) => tx.change("Datastore", id, ({ capacity }) => ({ fileBytes: capacity })));
    const { error } = check("golden", { name: "golden", location: {} });
    expect(names(error)).toEqual(["DuplicateName", "NoDiskSpace"]);
  });

  it("names every device that cannot go along", () => {
    vc.vm("web-01", "PowerOffVM_Task", {});
    const ports = ["VirtualSerialPortPipeBackingInfo", "VirtualSerialPortDeviceBackingInfo"] as const;
    const deviceChange = ports.map((type, i): vim.VirtualDeviceConfigSpec => {
      const backing: vim.VirtualDeviceBackingInfo =
        type === "VirtualSerialPortPipeBackingInfo"
          ? { _typeName: type, pipeName: "pipe", endpoint: "client" }
          : { _typeName: type, deviceName: "/dev/ttyS0" };
      return { operation: "add", device: { _typeName: "VirtualSerialPort", key: -1 - i, yieldOnPoll: true, backing } };
    });
    vc.vm("web-01", "ReconfigVM_Task", { spec: { deviceChange } });
    vc.vm("web-01", "PowerOnVM_Task", {});
    const { error } = check("web-01", { name: "x", location: {} });
    const devices = error?.map(({ fault }) =>
      fault._typeName === "DisallowedMigrationDeviceAttached" ? fault.fault.fault : fault,
    );
    expect(devices).toMatchObject([{ device: "Serial port 1" }, { device: "Serial port 2" }]);
  });

  it("is right: without an error the clone succeeds, and with one it fails by the first", () => {
    const { datastore, pool, other } = {
      datastore: vc.ref("Datastore", "local-01"),
      pool: vc.ref("ResourcePool", "servers"),
      other: vc.ref("Folder", "host"),
    };
    const sometimes = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
    const card = (device: Partial<vim.VirtualVmxnet3>): vim.VirtualDeviceConfigSpec => ({
      operation: "edit",
      device: { _typeName: "VirtualVmxnet3", key: 4000, ...device },
    });
    const changes = fc.constantFrom<vim.VirtualDeviceConfigSpec>(
      card({
        connectable: { connected: false, startConnected: true, allowGuestControl: true, migrateConnect: "disconnect" },
      }),
      card({ key: 4009 }),
      card({ addressType: "manual", macAddress: "00:50:56:00:00:01" }),
      card({ addressType: "manual", macAddress: "x" }),
      card({ backing: { _typeName: "VirtualEthernetCardNetworkBackingInfo", deviceName: "servers" } }),
      card({ backing: { _typeName: "VirtualEthernetCardNetworkBackingInfo", deviceName: "nowhere" } }),
      { operation: "edit", device: { _typeName: "VirtualDisk", key: 2000, capacityInKB: 1 } },
      { operation: "add", device: { _typeName: "VirtualVmxnet3", key: -1 } },
    );
    const specs = fc.record(
      {
        name: fc.constantFrom("desk", "desk", "desk", "golden", "web-01", "", "a/b", "x".repeat(81)),
        location: fc.record(
          {
            datastore: sometimes(fc.constant(datastore)),
            pool: sometimes(fc.constant(pool)),
            folder: sometimes(fc.constantFrom(other, vc.ref("Folder", "desktops"))),
            host: sometimes(fc.constant(vc.ref("HostSystem", "esx-01.lab.local"))),
            deviceChange: sometimes(fc.array(changes, { maxLength: 2 })),
          },
          { requiredKeys: [] },
        ),
        config: sometimes(
          fc.array(
            fc.record({ key: fc.constantFrom("a", "guestinfo.b", ""), value: fc.constantFrom("1", new Uint8Array(1)) }),
            { maxLength: 2 },
          ),
        ),
        biosUuid: sometimes(fc.constantFrom("42000000-0000-4000-8000-000000000001", "42")),
      },
      { requiredKeys: ["name", "location"] },
    );
    const full = fc.constantFrom("nothing", "nothing", "nothing", "datastore", "host", "maintenance", "prohibited");
    const source = fc.constantFrom("golden", "golden", "web-01", "web-02", "build-01", "ubuntu-template");
    const mark = vc.host.snapshot();
    fc.assert(
      fc.property(source, specs, full, (from, wanted, trouble) => {
        vc.host.restore(mark);
        const spec = structuredClone(wanted);
        const { host, datastore: home } = vc.machine(from);
        vc.host.universe.transact((tx) => {
          if (trouble === "datastore") tx.change("Datastore", home, ({ capacity }) => ({ fileBytes: capacity - 700 }));
          if (trouble === "host") tx.change("HostSystem", host, ({ memoryBytes }) => ({ reservedBytes: memoryBytes }));
          if (trouble === "maintenance") tx.change("HostSystem", host, () => ({ maintenance: true }));
          if (trouble === "prohibited")
            tx.change("HostSystem", host, () => ({ options: { "Migrate.ProhibitInstantClone": 1 } }));
        });
        const { error = [] } = check(from, spec);
        const clone = () => vc.call(vc.ref("VirtualMachine", from), "InstantClone_Task", { spec });
        if (error.length === 0) clone();
        else {
          const { message, ...fault } = faultOf(clone);
          expect([error[0]?.localizedMessage, error[0]?.fault]).toEqual([message, fault]);
        }
      }),
      { numRuns: 300 },
    );
    mark.release();
  });
});

describe("the check of a clone", () => {
  it("says what would refuse it", () => {
    const folder = vc.ref("Folder", "desktops");
    const spec = { location: {}, template: false, powerOn: false };
    const args = { vm: vc.ref("VirtualMachine", "web-01"), folder, spec };
    expect(vc.call(checker, "CheckClone_Task", { ...args, name: "copy" })).toEqual([
      { vm: args.vm, host: expect.objectContaining({ type: "HostSystem" }) },
    ]);
    const found = vc.call(checker, "CheckClone_Task", { ...args, name: "" });
    expect(found).toMatchObject([{ error: [{ fault: { _typeName: "InvalidName" } }] }]);
  });

  it("is all there is beside that of an instant clone: the others are not simulated", () => {
    const fault = faultOf(() => vc.call(checker, "CheckMigrate_Task", { vm: vc.ref("VirtualMachine", "web-01") }));
    expect(fault).toMatchObject({ _typeName: "NotSupported" });
  });
});
