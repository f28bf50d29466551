import { afterAll, describe, expect, it } from "vitest";
import type { Ref, vim } from "../../../../sdk/vim/index.ts";
import { LabClient } from "../lab-client.ts";

const client = LabClient.start();
afterAll(() => client.close());

const GiB = 2 ** 30;

describe("the inventory as its clients see it", () => {
  it("a cluster adds its hosts up, those that can run machines apart", () => {
    const cluster = client.at("ClusterComputeResource", "/DC0/host/cluster-01");
    const summary = () => client.get(cluster, "summary") as vim.ClusterComputeResourceSummary;
    expect(summary()).toMatchObject({
      _typeName: "ClusterComputeResourceSummary",
      numHosts: 4,
      numEffectiveHosts: 4,
      numCpuCores: 256,
      totalMemory: 4 * 512 * GiB,
      effectiveMemory: 4 * 512 * 1024,
    });
    const host = client.get(cluster, "host") as Ref[];
    expect(host).toHaveLength(4);
    client.host.universe.transact((tx) => {
      const id = Number(host[0]?.value.slice("host-".length));
      tx.change("HostSystem", id, () => ({ maintenance: true }));
    });
    expect(summary()).toMatchObject({ numHosts: 4, numEffectiveHosts: 3 });
    expect(client.get(cluster, "configurationEx")).toMatchObject({
      drsConfig: { enabled: true },
      dasConfig: { enabled: false },
    });
  });

  it("a resource pool's machines use what their host has in use for them", () => {
    const pool = client.at("ResourcePool", "/DC0/host/cluster-01/Resources");
    const runtime = client.get(pool, "runtime") as vim.ResourcePoolRuntimeInfo;
    expect(runtime.memory.overallUsage).toBeGreaterThanOrEqual(8 * GiB);
    expect(runtime.memory.maxUsage).toBeLessThanOrEqual(4 * 512 * GiB);
    expect(client.get(pool, "owner")).toEqual(client.at("ClusterComputeResource", "/DC0/host/cluster-01"));
    expect(client.get(pool, "resourcePool")).toHaveLength(2);
  });

  it("a datastore is mounted by its hosts, and machines may yet come to use what their disks can grow to", () => {
    const store = client.at("Datastore", "/DC0/datastore/vmfs-01");
    const {
      capacity,
      freeSpace,
      uncommitted = 0,
      url,
      multipleHostAccess,
    } = client.get(store, "summary") as vim.DatastoreSummary;
    expect(capacity).toBe(20_480 * GiB);
    expect(freeSpace).toBeLessThan(capacity);
    expect(multipleHostAccess).toBe(true);
    expect(url).toMatch(/^ds:\/\/\/vmfs\/volumes\/[0-9a-f-]+\/$/);
    const mounts = client.get(store, "host") as vim.DatastoreHostMount[];
    expect(mounts).toHaveLength(4);
    const machines = client.get(store, "vm") as Ref[];
    const grow = machines.map(
      (ref) => (client.get(ref, "summary.storage") as vim.VirtualMachineStorageSummary).uncommitted,
    );
    expect(grow.reduce((a, b) => a + b, 0)).toBe(uncommitted);
    expect(client.get(client.at("Datastore", "/DC0/datastore/local-01"), "summary.multipleHostAccess")).toBe(false);
  });

  it("a host shows its machines, its size and what it runs", () => {
    const host = client.at("HostSystem", "/DC0/host/cluster-01/esx-02.lab.local");
    expect(client.get(host, "summary.hardware")).toMatchObject({
      memorySize: 512 * GiB,
      numCpuCores: 64,
      cpuMhz: 2600,
    });
    expect(client.get(host, "hardware.cpuInfo")).toMatchObject({ numCpuCores: 64, numCpuThreads: 128 });
    expect(client.get(host, "config.product.productLineId")).toBe("embeddedEsx");
    expect(client.get(host, "runtime.connectionState")).toBe("connected");
  });

  it("a folder says what it can hold and what it holds", () => {
    const folder = client.at("Folder", "/DC0/vm");
    expect(client.get(folder, "childType")).toContain("VirtualMachine");
    expect(client.get(folder, "childEntity")).toContainEqual(client.at("VirtualMachine", "/DC0/vm/golden"));
  });
});
