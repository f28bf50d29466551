import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connect, type Host, type Session, startHost, type VirtualMachine } from "../../../sdk/index.ts";

let host: Host;
let vc: Session;
let golden: VirtualMachine;
beforeEach(async () => {
  host = await startHost({ seed: 1 });
  vc = await connect(host);
  golden = await vc.find.virtualMachine("golden");
});
afterEach(async () => {
  await vc.close();
  host.close();
});

const fork = (of: VirtualMachine, name: string) => of.instantClone({ name });
const names = async () => {
  const vms = await vc.find.virtualMachines("/DC0/vm/*");
  const rows = await vc.retrieve(vms, ["name"]);
  return rows
    .map(({ name }) => name)
    .filter((name) => name !== "photon-golden")
    .sort();
};
const directories = () => {
  for (const record of host.universe.state.objects.values())
    if (record.kind === "Datastore" && record.name === "vmfs-01") return [...record.directories.keys()].sort();
  return [];
};

describe("lineage", () => {
  it("says where a machine comes from, how deep, and what was made from it", async () => {
    const one = await fork(golden, "one");
    const two = await fork(one, "two");
    await fork(golden, "other");
    const lineage = await two.lineage();
    expect(lineage).toMatchObject({ made: "instantClone", depth: 2, forks: 0, source: { name: "one", ref: one.ref } });
    expect(lineage.ancestors.map(({ name }) => name)).toEqual(["one", "golden"]);
    expect(await golden.lineage()).toEqual({ made: "new", source: undefined, ancestors: [], depth: 0, forks: 2 });
    expect((await vc.forksOf(golden)).map(({ name }) => name)).toEqual(["one", "other"]);
  });

  it("is there when the source is gone", async () => {
    const one = await fork(golden, "one");
    const two = await fork(one, "two");
    await one.powerOff();
    await one.destroy();
    const { source } = await two.lineage();
    expect(source).toMatchObject({ name: "one", gone: expect.any(Date) });
    expect(await vc.forksOf(golden)).toEqual([]);
  });

  it("is not to be had from a server that does not keep it", async () => {
    const { transport } = vc;
    const other = await connect(host);
    Object.defineProperty(other, "transport", { value: { ...transport, lineage: undefined } });
    const vm = await other.find.virtualMachine("golden");
    await expect(vm.lineage()).rejects.toMatchObject({ code: "NotSupported" });
  });
});

describe("a machine whose forks need its files", () => {
  let one: VirtualMachine;
  let two: VirtualMachine;
  beforeEach(async () => {
    one = await fork(golden, "one");
    two = await fork(one, "two");
    await golden.powerOff();
  });

  it("goes, and its files stay for as long as they are needed", async () => {
    await golden.destroy();
    expect(await names()).toEqual(["one", "two"]);
    expect(directories()).toContain("golden");
  });

  it("stays where its forks count", async () => {
    await expect(golden.destroy({ forks: "refuse" })).rejects.toMatchObject({ code: "ResourceInUse" });
    await expect(golden.destroy({ forks: "refuse" })).rejects.toThrow("'one', 'two'");
    expect(await names()).toEqual(["golden", "one", "two"]);
    await two.powerOff();
    await two.destroy({ forks: "refuse" });
    expect(await names()).toEqual(["golden", "one"]);
  });

  it("takes its forks along, and theirs", async () => {
    const done: number[] = [];
    await golden.destroy({ forks: "cascade", onProgress: (progress) => done.push(progress.done) });
    expect(await names()).toEqual([]);
    expect(done.slice(0, 2)).toEqual([1, 2]);
    expect(directories()).not.toContain("golden");
  });

  it("gives its forks files of their own, so that none of its stays", async () => {
    await one.disk.write(0, new TextEncoder().encode("one's"));
    const before = await two.disk.read(1 << 20, 64);
    for (const vm of [one, two]) await vm.powerOff();
    await golden.destroy({ forks: "compact" });
    expect(await names()).toEqual(["one", "two"]);
    expect(directories()).not.toContain("golden");
    expect(new TextDecoder().decode(await one.disk.read(0, 5))).toBe("one's");
    expect(await two.disk.read(1 << 20, 64)).toEqual(before);
  });

  it("changes nothing when it would fail in the end", async () => {
    const { state } = host.universe;
    await expect(golden.destroy({ forks: "compact" })).rejects.toThrow("'one', 'two' must not run");
    await golden.powerOn();
    await expect(golden.destroy({ forks: "cascade" })).rejects.toMatchObject({ code: "InvalidPowerState" });
    expect(await names()).toEqual(["golden", "one", "two"]);
    expect(host.universe.state.forks).toBe(state.forks);
  });

  it("does not mind full clones, which need nothing of it", async () => {
    const folder = await golden.get("parent");
    if (folder?.type !== "Folder") throw new Error("no folder");
    const build = await vc.find.virtualMachine("build-01");
    const copy = await build.clone({ name: "copy", folder: { type: "Folder", value: folder.value } });
    expect(await copy.lineage()).toMatchObject({ made: "clone", source: { name: "build-01" } });
    await build.destroy({ forks: "refuse" });
    expect(await names()).toContain("copy");
  });
});
