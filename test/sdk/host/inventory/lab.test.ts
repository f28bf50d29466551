import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { linuxPages } from "../../../../sdk/host/guest/image/linux-image.ts";
import { isDisk } from "../../../../sdk/host/machine/devices.ts";
import { Caller } from "../caller.ts";
import { brokenInvariants } from "../invariants.ts";

const GiB = 2 ** 30;
let caller: Caller;
beforeAll(() => {
  caller = Caller.start();
});
afterAll(() => caller.close());

const machine = (name: string) => caller.find("VirtualMachine", name);
const figures = (name: string, disk?: number) => caller.host.figures(caller.ref("VirtualMachine", name), disk);

describe("the lab", () => {
  it("has a datacenter with a cluster of four hosts of 512 GiB", () => {
    expect(caller.names("Datacenter")).toEqual(["DC0"]);
    expect(caller.names("ClusterComputeResource")).toEqual(["cluster-01"]);
    const hosts = [1, 2, 3, 4].map((n) => caller.find("HostSystem", `esx-0${n}.lab.local`));
    expect(hosts.map(({ memoryBytes }) => memoryBytes)).toEqual(Array(4).fill(512 * GiB));
    expect(caller.names("ResourcePool")).toEqual(["Resources", "desktops", "servers"]);
    expect(caller.names("Network")).toEqual(["VM Network", "desktops", "servers"]);
    expect(caller.names("Folder").slice(5)).toEqual(["desktops", "servers", "templates"]);
  });

  it("has a datastore that all hosts share and one of a single host", () => {
    expect(caller.find("Datastore", "vmfs-01")).toMatchObject({ shared: true, type: "VMFS" });
    expect(caller.find("Datastore", "vmfs-01").hosts.size).toBe(4);
    const local = caller.find("Datastore", "local-01");
    expect(local.shared).toBe(false);
    expect([...local.hosts.keys()]).toEqual([caller.find("HostSystem", "esx-01.lab.local").id]);
  });

  it("has golden: on, frozen, 8 GiB of memory of which no two pages are alike, a thin disk of 40 GiB", () => {
    const golden = machine("golden");
    expect(golden).toMatchObject({ power: "poweredOn", frozen: true, template: false });
    expect(figures("golden")).toMatchObject({ size: 8 * GiB, mapped: 8 * GiB, private: 8 * GiB, shared: 0 });
    expect(figures("golden", 0)).toMatchObject({ size: 40 * GiB, mapped: linuxPages * 4096 });
    const disk = golden.base.devices.find(isDisk);
    expect(disk).toMatchObject({ capacityInKB: 40 * 2 ** 20 });
    expect(golden.disks).toMatchObject([{ layer: { thick: 0, depth: 1 } }]);
    const page = (n: number) =>
      Buffer.from(caller.host.readBytes(caller.ref("VirtualMachine", "golden"), undefined, n * 4096, 4096)).toString(
        "base64",
      );
    const some = Array.from({ length: 500 }, (_, i) => page(i * 4001));
    expect(new Set(some).size).toBe(500);
  });

  it("has web-01, a source that runs, machines that are off, and a template", () => {
    expect(machine("web-01")).toMatchObject({ power: "poweredOn", frozen: false });
    expect(machine("build-01")).toMatchObject({ power: "poweredOff", memory: 0 });
    expect(machine("ubuntu-template")).toMatchObject({ template: true, pool: 0 });
    expect(caller.names("VirtualMachine")).toHaveLength(7);
  });

  it("is the same lab every time, and is consistent", () => {
    const other = Caller.start();
    expect([...other.state.objects.keys()]).toEqual([...caller.state.objects.keys()]);
    expect(brokenInvariants(other.host)).toEqual([]);
    other.close();
  });
});
