import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connect, Snapshot, type VirtualMachine } from "../../../sdk/index.ts";

let vc: Awaited<ReturnType<typeof connect>>;
let vm: VirtualMachine;
const bytes = (text: string) => new TextEncoder().encode(text);
const text = async (read: Promise<Uint8Array>) => new TextDecoder().decode(await read);

beforeEach(async () => {
  vc = await connect();
  vm = await vc.find.virtualMachine("web-01");
});
afterEach(() => vc.close());

describe("snapshots in the SDK", () => {
  it("bring memory and disk back, and show as a tree", async () => {
    await vm.memory.write(0, bytes("one"));
    await vm.diskAt(2000).write(2 ** 20, bytes("one"));
    const first = await vm.snapshot({ name: "first", description: "as it was", memory: true });
    await vm.memory.write(0, bytes("two"));
    await vm.diskAt(2000).write(2 ** 20, bytes("two"));
    await vm.snapshot({ name: "second" });
    const [root] = await vm.snapshots();
    expect(root).toMatchObject({ name: "first", description: "as it was", powerState: "poweredOn", current: false });
    expect(root?.children).toMatchObject([{ name: "second", powerState: "poweredOff", current: true, children: [] }]);
    await first.revert();
    expect(await text(vm.memory.read(0, 3))).toBe("one");
    expect(await text(vm.diskAt(2000).read(2 ** 20, 3))).toBe("one");
    await first.revert({ suppressPowerOn: true });
    expect(await vm.powerState()).toBe("poweredOff");
    await first.rename({ name: "renamed" });
    expect((await vm.snapshots())[0]).toMatchObject({ name: "renamed", description: "as it was", current: true });
    await vm.removeSnapshots();
    expect(await vm.snapshots()).toEqual([]);
    expect(await text(vm.diskAt(2000).read(2 ** 20, 3))).toBe("one");
  });

  it("are removed with what follows on them or without, and leave files to be merged if that is put off", async () => {
    const first = await vm.snapshot({ name: "first" });
    await vm.snapshot({ name: "second" });
    await first.remove({ consolidate: false });
    expect(await vm.get("runtime.consolidationNeeded")).toBe(true);
    await vm.consolidate();
    expect(await vm.get("runtime.consolidationNeeded")).toBe(false);
    const [left] = await vm.snapshots();
    expect(left?.snapshot).toBeInstanceOf(Snapshot);
    await left?.snapshot.remove({ children: true });
    expect(await vm.snapshots()).toEqual([]);
    await expect(vm.revert()).rejects.toMatchObject({ code: "NotFound" });
  });
});

describe("a machine that moves", () => {
  it("goes to another host with what is in its memory, and shares its disks still", async () => {
    const golden = await vc.find.virtualMachine("golden");
    const fork = await golden.instantClone({ name: "mover" });
    await fork.memory.write(0, bytes("mine"));
    const hosts = await vc.find.hosts("*");
    const here = await fork.get("runtime.host");
    const other = hosts.find(({ ref }) => ref.value !== here?.value);
    if (!other) throw new Error("There is one host only.");
    await fork.migrate({ host: other });
    expect(await fork.get("runtime.host")).toEqual(other.ref);
    expect(await text(fork.memory.read(0, 4))).toBe("mine");
    const { mapped, private: own } = await fork.memory.figures();
    expect(own).toBe(mapped);
    expect((await fork.disk.figures()).private).toBeLessThan(2 ** 20);
  });

  it("has disks that stand for themselves once they are promoted", async () => {
    const snapshot = await vm.snapshot({ name: "base" });
    const folder = await vm.get("parent");
    if (folder?.type !== "Folder") throw new Error("It is in no folder.");
    const linked = await vm.clone({ name: "linked", folder: { ...folder, type: "Folder" }, linkedTo: snapshot });
    expect((await linked.disk.figures()).private).toBe(0);
    await linked.promoteDisks();
    const { mapped, private: own } = await linked.disk.figures();
    expect(own).toBe(mapped);
    const [backing] =
      (await linked.get("config.hardware.device"))?.flatMap(({ backing }) =>
        backing?._typeName === "VirtualDiskFlatVer2BackingInfo" ? [backing] : [],
      ) ?? [];
    expect(backing).not.toHaveProperty("parent");
  });
});
