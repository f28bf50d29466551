import { afterEach, beforeEach, expect, it } from "vitest";
import { connect } from "../../../sdk/connect.ts";
import { Host } from "../../../sdk/host/host.ts";
import type { Session } from "../../../sdk/session.ts";

let host: Host;
let vc: Session;
beforeEach(async () => {
  host = Host.start({ seed: 1 });
  vc = await connect(host);
});
afterEach(async () => {
  await vc.close();
  host.close();
});

/** A thick disk that leaves so many bytes of a datastore. */
async function fill(left: number): Promise<() => Promise<void>> {
  const datastore = await vc.find.datastore("vmfs-01");
  const [datacenter] = await vc.find.datacenters("/DC0");
  const { virtualDiskManager } = vc.content;
  if (!virtualDiskManager || !datacenter) throw new Error("There is no VirtualDiskManager.");
  const { free } = await datastore.space();
  const capacityKb = Math.floor((free - left) / 4096) * 4;
  const name = "[vmfs-01] filler.vmdk";
  const spec = {
    _typeName: "FileBackedVirtualDiskSpec",
    diskType: "thick",
    adapterType: "lsiLogic",
    capacityKb,
  } as const;
  const task = await vc.call(virtualDiskManager, "CreateVirtualDisk_Task", { name, datacenter: datacenter.ref, spec });
  await vc.task(task).wait();
  return async () => {
    const gone = await vc.call(virtualDiskManager, "DeleteVirtualDisk_Task", { name, datacenter: datacenter.ref });
    await vc.task(gone).wait();
  };
}

it("a guest's write that finds its datastore full waits for room, and nothing of it is lost", async () => {
  const vm = await vc.find.virtualMachine("web-01");
  await vm.guest.writeFile("/tmp/before", "here");
  const free = await fill(16_384);
  await vm.guest.start("/bin/sh", ["-c", "seq 1 40000 > /tmp/large; echo done > /tmp/done"]);
  await host.idle();
  const question = await vm.get("runtime.question");
  expect(question?.text).toContain("There is no more space for virtual disk 'web-01.vmdk'");
  expect(await vm.guest.exists("/tmp/done")).toBe(false);
  await vm.AnswerVM({ questionId: question?.id ?? "", answerChoice: "0" });
  await host.idle();
  expect(await vm.get("runtime.question")).toBeDefined();
  await free();
  await vm.AnswerVM({ questionId: (await vm.get("runtime.question"))?.id ?? "", answerChoice: "0" });
  await host.idle();
  expect(await vm.get("runtime.question")).toBeUndefined();
  expect(new TextDecoder().decode(await vm.guest.readFile("/tmp/large"))).toMatch(/^1\n2\n[\s\S]*\n40000\n$/);
  expect(new TextDecoder().decode(await vm.guest.readFile("/tmp/done"))).toBe("done\n");
  expect(new TextDecoder().decode(await vm.guest.readFile("/tmp/before"))).toBe("here");
});

it("what an API writes to a full datastore is refused, and changes nothing", async () => {
  const vm = await vc.find.virtualMachine("web-01");
  const free = await fill(4096);
  await expect(vm.guest.writeFile("/tmp/large", new Uint8Array(100_000).fill(1))).rejects.toMatchObject({
    code: "NoDiskSpace",
  });
  await expect(vm.disk.write(2 ** 30, new Uint8Array(100_000).fill(1))).rejects.toMatchObject({ code: "NoDiskSpace" });
  expect(await vm.guest.exists("/tmp/large")).toBe(false);
  await free();
  await vm.guest.writeFile("/tmp/large", new Uint8Array(100_000).fill(1));
});
