import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Host } from "../../../../sdk/host/host.ts";
import type { Ref } from "../../../../sdk/vim/index.ts";
import { Caller } from "../caller.ts";
import { brokenInvariants } from "../invariants.ts";

const spec = { cpuAllocation: {}, memoryAllocation: {} };

let base: Host;
let caller: Caller;
let root: Ref;
beforeAll(() => {
  base = Host.start({ seed: 1 });
});
afterAll(() => base.close());
beforeEach(() => {
  caller = new Caller(base.fork());
  root = caller.ref("ResourcePool", "Resources");
});
afterEach(() => {
  expect(brokenInvariants(caller.host)).toEqual([]);
  caller.close();
});

const pool = (name: string): Ref => caller.ref("ResourcePool", name);
const machine = (name: string): Ref => caller.ref("VirtualMachine", name);
const create = (on: Ref, name: string, more: object = spec) =>
  caller.call(on, "CreateResourcePool", { name, spec: more }) as Ref;
const poolOf = (name: string) => caller.state.objects.get(caller.find("VirtualMachine", name).pool)?.name;
const gone = (self: Ref) => caller.fault(self, "Reload")._typeName === "ManagedObjectNotFound";
const config = (name: string) => caller.find("ResourcePool", name).config;

describe("a resource pool", () => {
  it("is made below another, with vSphere's defaults for what is left out", () => {
    expect(create(pool("servers"), "a")).toEqual(pool("a"));
    expect(config("a")).toEqual({
      cpu: { reservation: 0, limit: -1, expandable: true, shares: { level: "normal", shares: 4000 } },
      memory: { reservation: 0, limit: -1, expandable: true, shares: { level: "normal", shares: 163840 } },
    });
    expect(caller.fault(pool("servers"), "CreateResourcePool", { name: "a", spec })._typeName).toBe("DuplicateName");
    create(pool("desktops"), "a");
  });

  it("keeps what it is not told to change", () => {
    const cpuAllocation = {
      reservation: 100,
      limit: 500,
      expandableReservation: false,
      shares: { level: "custom", shares: 7 },
    };
    create(root, "a", { cpuAllocation, memoryAllocation: { shares: { level: "high", shares: 0 } } });
    caller.call(pool("a"), "UpdateConfig", {
      name: "b",
      config: { cpuAllocation: { limit: 600 }, memoryAllocation: {} },
    });
    expect(config("b")).toEqual({
      cpu: { reservation: 100, limit: 600, expandable: false, shares: { level: "custom", shares: 7 } },
      memory: { reservation: 0, limit: -1, expandable: true, shares: { level: "high", shares: 327680 } },
    });
    caller.call(pool("b"), "UpdateConfig", {});
    expect(caller.fault(pool("b"), "UpdateConfig", { name: "servers" })._typeName).toBe("DuplicateName");
    expect(caller.fault(root, "UpdateConfig", { name: "x" })._typeName).toBe("NotSupported");
  });

  it.each([
    [{ cpuAllocation: { reservation: -1 }, memoryAllocation: {} }, "spec.cpuAllocation.reservation"],
    [{ cpuAllocation: {}, memoryAllocation: { reservation: 10, limit: 5 } }, "spec.memoryAllocation.limit"],
    [{ cpuAllocation: { limit: -2 }, memoryAllocation: {} }, "spec.cpuAllocation.limit"],
    [
      { cpuAllocation: { shares: { level: "custom", shares: 0 } }, memoryAllocation: {} },
      "spec.cpuAllocation.shares.shares",
    ],
  ])("refuses what makes no sense: %o", (wrong, path) => {
    const { state } = caller;
    expect(caller.fault(root, "CreateResourcePool", { name: "x", spec: wrong })).toMatchObject({
      invalidProperty: path,
    });
    expect(caller.state).toBe(state);
  });

  it("leaves what is in it to the pool above when it goes", () => {
    const inner = create(pool("servers"), "inner");
    caller.call(inner, "MoveIntoResourcePool", { list: [machine("web-02")] });
    const doomed = pool("servers");
    expect(caller.task(doomed, "Destroy_Task").state).toBe("success");
    expect(gone(doomed)).toBe(true);
    expect(["web-01", "web-02"].map(poolOf)).toEqual(["Resources", "inner"]);
    expect(caller.find("ResourcePool", "inner").parent).toBe(caller.find("ResourcePool", "Resources").id);
  });

  it("cannot go where the pool above has one of a name already, or is the root", () => {
    create(pool("servers"), "desktops");
    const { objects } = caller.state;
    expect(caller.task(pool("servers"), "Destroy_Task").error?.fault._typeName).toBe("DuplicateName");
    expect(caller.task(root, "Destroy_Task").error?.fault._typeName).toBe("NotSupported");
    expect(caller.state.objects).toBe(objects);
  });

  it("gets all machines when the pools below it are destroyed", () => {
    const inner = create(pool("servers"), "inner");
    caller.call(inner, "MoveIntoResourcePool", { list: [machine("web-02")] });
    caller.call(root, "DestroyChildren");
    expect(caller.names("ResourcePool")).toEqual(["Resources"]);
    expect(["web-01", "web-02", "golden"].map(poolOf)).toEqual(["Resources", "Resources", "Resources"]);
  });
});

describe("moving into a resource pool", () => {
  const moveInto = (on: Ref, ...list: Ref[]) => [on, "MoveIntoResourcePool", { list }] as const;

  it("takes machines and pools of the same cluster", () => {
    caller.call(...moveInto(pool("desktops"), machine("web-01"), pool("servers"), machine("web-01")));
    expect(poolOf("web-01")).toBe("desktops");
    expect(caller.find("ResourcePool", "servers").parent).toBe(caller.find("ResourcePool", "desktops").id);
    caller.call(...moveInto(root));
  });

  it("is all or nothing", () => {
    const { state } = caller;
    const other = caller.call(caller.ref("Folder", "host"), "CreateClusterEx", { name: "c", spec: {} });
    expect(other).toBeDefined();
    const foreign: Ref = { type: "ResourcePool", value: `resgroup-${caller.find("ClusterComputeResource", "c").pool}` };
    const after = caller.state;
    expect(after).not.toBe(state);
    const refused = (on: Ref, ...list: Ref[]) => caller.fault(...moveInto(on, machine("web-01"), ...list))._typeName;
    expect(refused(foreign)).toBe("NotSupported");
    expect(refused(pool("servers"), pool("servers"))).toBe("InvalidState");
    expect(refused(pool("desktops"), root)).toBe("NotSupported");
    expect(refused(pool("desktops"), machine("ubuntu-template"))).toBe("InvalidArgument");
    expect(refused(pool("desktops"), caller.ref("Folder", "vm"))).toBe("InvalidArgument");
    expect(refused(pool("desktops"), foreign)).toBe("NotSupported");
    expect(refused(pool("desktops"), { type: "VirtualMachine", value: "vm-999" } as Ref)).toBe("ManagedObjectNotFound");
    expect(caller.state).toBe(after);
  });
});
