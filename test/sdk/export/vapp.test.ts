import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  connect,
  type Host,
  type InventoryDescription,
  type Session,
  startHost,
  type VirtualMachine,
} from "../../../sdk/index.ts";
import { openImage } from "../../../sdk/vmdk/index.ts";

const page = (value: number) => Uint8Array.from({ length: 4096 }, (_, n) => (n * 7 + value) % 251);
const far = 9_000_000 * 4096;

const inventory: InventoryDescription = {
  datacenters: [
    {
      name: "DC0",
      hosts: [{ name: "esx" }],
      datastores: [{ name: "vmfs-01", capacityGiB: 30 }],
      networks: ["VM Network", "servers"],
      machines: [
        {
          name: "box",
          networks: ["servers"],
          cpus: 3,
          memoryGiB: 2,
          disks: [{ sizeGiB: 40, usedGiB: 1 / 512 }, { sizeGiB: 1 }],
          notes: 'A machine & its <disks> "quoted"\nand more',
        },
        { name: "on", disks: [{ sizeGiB: 1 }], power: "poweredOn" },
      ],
    },
  ],
};

let folder: string;
let host: Host;
let vc: Session;
let box: VirtualMachine;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "fargo-vapp-"));
  host = await startHost({ inventory });
  vc = await connect(host);
  box = await vc.find.virtualMachine("box");
  await box.disk.write(far, page(1));
  await box.diskAt(2001).write(8192, page(2));
});
afterEach(async () => {
  await vc.close();
  host.close();
  rmSync(folder, { recursive: true, force: true });
});

async function into() {
  return {
    resourcePool: await vc.find.resourcePool("/DC0/host/esx/Resources"),
    datastore: await vc.find.datastore("vmfs-01"),
  };
}
const leaseOf = async (vm: VirtualMachine) => vm.ExportVm({});

describe("a package", () => {
  it("as OVA is a tar of the descriptor, its manifest and the disks in order", async () => {
    const { files } = await box.exportVApp(join(folder, "box.ova"));
    expect(files).toEqual([join(folder, "box.ova")]);
    expect(readdirSync(folder)).toEqual(["box.ova"]);
    const list = execFileSync("tar", ["-tf", "box.ova"], { cwd: folder, encoding: "utf8" });
    expect(list.trim().split("\n")).toEqual(["box.ovf", "box.mf", "box-disk1.vmdk", "box-disk2.vmdk"]);
    execFileSync("tar", ["-xf", "box.ova"], { cwd: folder });
    for (const line of readFileSync(join(folder, "box.mf"), "utf8").trim().split("\n")) {
      const [, name = "", digest] = /^SHA256\((.+)\)= ([0-9a-f]{64})$/.exec(line) ?? [];
      expect(
        createHash("sha256")
          .update(readFileSync(join(folder, name)))
          .digest("hex"),
      ).toBe(digest);
    }
  });

  it("becomes the same machine again: hardware, notes and every byte of its disks", async () => {
    const { files } = await box.exportVApp(join(folder, "box.ovf"));
    expect(files.map((file) => file.slice(folder.length + 1))).toEqual([
      "box.ovf",
      "box.mf",
      "box-disk1.vmdk",
      "box-disk2.vmdk",
    ]);
    const copy = await vc.importVApp(join(folder, "box.ovf"), { ...(await into()), name: "copy" });
    expect(await copy.name()).toBe("copy");
    const paths = [
      "config.hardware.numCPU",
      "config.hardware.memoryMB",
      "config.guestId",
      "config.annotation",
      "config.firmware",
      "config.version",
    ] as const;
    const { ref: _a, ...was } = await box.retrieve(paths);
    const { ref: _b, ...is } = await copy.retrieve(paths);
    expect(is).toEqual(was);
    for (const key of [2000, 2001]) {
      const { mapped, size } = await box.diskAt(key).figures();
      expect(await copy.diskAt(key).figures()).toMatchObject({ mapped, size });
    }
    expect(await copy.disk.read(0, 65_536)).toEqual(await box.disk.read(0, 65_536));
    expect(await copy.disk.read(far, 4096)).toEqual(page(1));
    expect(await copy.diskAt(2001).read(8192, 4096)).toEqual(page(2));
    const networks = await copy.get("network");
    expect(networks).toEqual(await box.get("network"));
    await copy.powerOn();
  });

  it("as OVA comes back too", async () => {
    await box.exportVApp(join(folder, "box.ova"));
    await box.destroy();
    const back = await vc.importVApp(join(folder, "box.ova"), await into());
    expect(await back.name()).toBe("box");
    expect(await back.disk.read(far, 4096)).toEqual(page(1));
  });

  it("is not written over another without force, nor for a machine that is on", async () => {
    const file = join(folder, "box.ova");
    writeFileSync(file, "mine");
    await expect(box.exportVApp(file)).rejects.toMatchObject({ code: "FileError" });
    expect(readFileSync(file, "utf8")).toBe("mine");
    await box.exportVApp(file, { force: true });
    expect(readFileSync(file).length).toBeGreaterThan(10_000);
    const on = await vc.find.virtualMachine("on");
    await expect(on.exportVApp(join(folder, "on.ova"))).rejects.toMatchObject({ code: "InvalidPowerState" });
    expect(readdirSync(folder)).toEqual(["box.ova"]);
    await box.powerOn();
  });

  it.each<[string, (folder: string) => void, string]>([
    ["a disk that was changed", (at) => flip(join(at, "box-disk1.vmdk"), 70_000), "InvalidDiskFormat"],
    ["a disk that is cut off", (at) => cut(join(at, "box-disk1.vmdk"), 70_000), "BadDisk"],
    ["a disk that is missing", (at) => rmSync(join(at, "box-disk2.vmdk")), "FileError"],
    ["a descriptor that was changed", (at) => edit(join(at, "box.ovf"), "servers", "others"), "BadDisk"],
    ["a manifest that is none", (at) => writeFileSync(join(at, "box.mf"), "hello"), "BadDisk"],
  ])("with %s leaves nothing behind", async (_what, spoil, code) => {
    await box.exportVApp(join(folder, "box.ovf"));
    spoil(folder);
    const options = { ...(await into()), name: "copy" };
    const before = await options.datastore.space();
    await expect(vc.importVApp(join(folder, "box.ovf"), options)).rejects.toMatchObject({ code });
    expect(await vc.find.virtualMachines("/DC0/vm/*")).toHaveLength(2);
    expect(await options.datastore.space()).toEqual(before);
  });

  it.each<[string, (text: string) => string, string]>([
    ["no XML", () => "hello <", "OvfXmlFormat"],
    ["entities", (text) => text.replace("<Envelope", '<!DOCTYPE x [<!ENTITY a "b">]><Envelope'), "OvfXmlFormat"],
    ["no machine", (text) => text.replaceAll("VirtualSystem", "Other"), "OvfMissingElement"],
    [
      "an absurd disk",
      (text) => text.replace(/ovf:capacity="\d+"/, 'ovf:capacity="99999999999999999999"'),
      "OvfElementInvalidValue",
    ],
    [
      "a disk above 62 TiB",
      (text) => text.replace(/ovf:capacity="\d+"/, `ovf:capacity="${2 ** 52}"`),
      "InvalidArgument",
    ],
    ["a file elsewhere", (text) => text.replace("box-disk1.vmdk", "../../etc/passwd"), "BadDisk"],
    [
      "a negative count of processors",
      (text) => text.replace("<rasd:VirtualQuantity>3<", "<rasd:VirtualQuantity>-3<"),
      "OvfElementInvalidValue",
    ],
    [
      "two items of one number",
      (text) => text.replace("<rasd:InstanceID>2<", "<rasd:InstanceID>1<"),
      "OvfElementInvalidValue",
    ],
    [
      "a smaller disk than its file",
      (text) => text.replace(/ovf:capacity="\d+"/, 'ovf:capacity="1048576"'),
      "InvalidArgument",
    ],
  ])("whose descriptor has %s leaves nothing behind", async (_what, spoil, code) => {
    await box.exportVApp(join(folder, "box.ovf"));
    rmSync(join(folder, "box.mf"));
    const file = join(folder, "box.ovf");
    writeFileSync(file, spoil(readFileSync(file, "utf8")));
    const options = { ...(await into()), name: "copy" };
    await expect(vc.importVApp(file, options)).rejects.toMatchObject({ code });
    expect(await vc.find.virtualMachines("/DC0/vm/*")).toHaveLength(2);
  });
});

describe("a package that does not come to its end", () => {
  it("is given up when it is aborted, and nothing of it is left", async () => {
    const controller = new AbortController();
    const exporting = box.exportVApp(join(folder, "box.ova"), {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(exporting).rejects.toMatchObject({ code: "Aborted" });
    expect(readdirSync(folder)).toEqual([]);
    await box.exportVApp(join(folder, "box.ova"));
    const again = new AbortController();
    const options = { ...(await into()), name: "copy" };
    const before = await options.datastore.space();
    const importing = vc.importVApp(join(folder, "box.ova"), {
      ...options,
      signal: again.signal,
      onProgress: () => again.abort(),
    });
    await expect(importing).rejects.toMatchObject({ code: "Aborted" });
    expect(await vc.find.virtualMachines("/DC0/vm/*")).toHaveLength(2);
    expect(await options.datastore.space()).toEqual(before);
  });

  it("is given up when the datastore is full, and when the name is taken", async () => {
    await box.exportVApp(join(folder, "box.ova"));
    const options = { ...(await into()), name: "copy" };
    const before = await options.datastore.space();
    await expect(vc.importVApp(join(folder, "box.ova"), { ...options, name: "box" })).rejects.toMatchObject({
      code: "DuplicateName",
    });
    await expect(vc.importVApp(join(folder, "box.ova"), { ...options, disks: "thick" })).rejects.toMatchObject({
      code: "NoDiskSpace",
    });
    expect(await vc.find.virtualMachines("/DC0/vm/*")).toHaveLength(2);
    expect(await options.datastore.space()).toEqual(before);
  });
});

describe("a lease", () => {
  it("keeps the machine as it is until it ends, and gives its disks by URL", async () => {
    const lease = await leaseOf(box);
    const [row] = await vc.retrieve([lease], ["state", "info"]);
    expect(row?.state).toBe("ready");
    const urls = row?.info?.deviceUrl ?? [];
    expect(urls.map(({ key }) => key)).toEqual([
      `/${box.id}/ParaVirtualSCSIController0:0`,
      `/${box.id}/ParaVirtualSCSIController0:1`,
    ]);
    await expect(box.powerOn()).rejects.toMatchObject({ code: "TaskInProgress" });
    await expect(box.destroy()).rejects.toMatchObject({ code: "TaskInProgress" });
    await expect(leaseOf(box)).rejects.toMatchObject({ code: "TaskInProgress" });
    let bytes = 0;
    for await (const chunk of vc.transport.transfer?.download(urls[1]?.url ?? "") ?? []) bytes += chunk.length;
    const manifest = await vc.call(lease, "HttpNfcLeaseGetManifest", {});
    expect(manifest).toMatchObject([{ key: urls[1]?.key, size: bytes, disk: true, checksumType: "sha256" }]);
    await vc.call(lease, "HttpNfcLeaseProgress", { percent: 50 });
    await vc.call(lease, "HttpNfcLeaseComplete", {});
    await expect(vc.call(lease, "HttpNfcLeaseComplete", {})).rejects.toMatchObject({ code: "InvalidState" });
    await box.powerOn();
  });

  it("tells those who wait for it", async () => {
    const lease = await leaseOf(box);
    const states: unknown[] = [];
    for await (const { changes } of vc.watch([lease], ["state"])) {
      states.push(changes.state);
      if (states.length === 1) await vc.call(lease, "HttpNfcLeaseAbort", {});
      else break;
    }
    expect(states).toEqual(["ready", "error"]);
  });

  it("is over when its client is silent for too long", async () => {
    const slow = await startHost({ inventory, clock: "manual" });
    const client = await connect(slow);
    const machine = await client.find.virtualMachine("box");
    const lease = await machine.ExportVm({});
    slow.clock.advance("200s");
    await client.call(lease, "HttpNfcLeaseProgress", { percent: 1 });
    slow.clock.advance("200s");
    expect((await client.retrieve([lease], ["state"]))[0]?.state).toBe("ready");
    slow.clock.advance("101s");
    const [row] = await client.retrieve([lease], ["state", "error"]);
    expect(row).toMatchObject({ state: "error", error: { fault: { _typeName: "Timedout" } } });
    await expect(client.call(lease, "HttpNfcLeaseComplete", {})).rejects.toMatchObject({ code: "Timedout" });
    await machine.ExportVm({});
    slow.close();
  });

  it("is no part of the vCenter: a twin's machine is free, and a restore ends it", async () => {
    const mark = host.snapshot();
    const lease = await leaseOf(box);
    const twin = host.fork();
    const other = await connect(twin);
    await (await other.find.virtualMachine("box")).powerOn();
    twin.close();
    host.restore(mark);
    mark.release();
    expect((await vc.retrieve([lease], ["state"]))[0]?.state).toBe("error");
    await box.powerOn();
  });

  it("of an import that is given up takes the machine with it; so does the end of its session", async () => {
    await box.exportVApp(join(folder, "box.ovf"));
    const { datastore, resourcePool } = await into();
    const manager = vc.content.ovfManager;
    if (!manager) throw new Error("no OvfManager");
    const ovfDescriptor = readFileSync(join(folder, "box.ovf"), "utf8");
    const cisp = { locale: "", deploymentOption: "", entityName: "copy" };
    const { importSpec: spec, fileItem } = await vc.call(manager, "CreateImportSpec", {
      ovfDescriptor,
      resourcePool: resourcePool.ref,
      datastore: datastore.ref,
      cisp,
    });
    if (!spec) throw new Error("no plan");
    const lease = await vc.call(resourcePool, "ImportVApp", { spec });
    const copy = await vc.find.virtualMachine("copy");
    await expect(copy.powerOn()).rejects.toMatchObject({ code: "TaskInProgress" });
    const [row] = await vc.retrieve([lease], ["info"]);
    expect(row?.info?.deviceUrl?.map(({ importKey }) => importKey)).toEqual(fileItem?.map(({ deviceId }) => deviceId));
    await vc.call(lease, "HttpNfcLeaseAbort", {});
    await expect(vc.find.virtualMachine("copy")).rejects.toMatchObject({ code: "NotFound" });
    const guest = await connect(host);
    await guest.call(resourcePool.ref, "ImportVApp", { spec });
    await guest.close();
    await expect(vc.find.virtualMachine("copy")).rejects.toMatchObject({ code: "NotFound" });
  });
});

describe("a disk of a vCenter that does not hand out bytes", () => {
  it("comes through a lease, as it is or made sparse on the way", async () => {
    const without = Object.create(vc.transport, { disks: { value: undefined } });
    Object.defineProperty(vc, "transport", { value: without });
    const file = join(folder, "leased.vmdk");
    for (const format of ["monolithicSparse", "streamOptimized"] as const) {
      const { capacity } = await box.exportDisk(file, { format });
      expect(capacity).toBe((await box.disk.figures()).size);
      const image = await openImage(file);
      expect(image.layers[0]?.createType).toBe(format);
      let last: Uint8Array | undefined;
      for await (const { bytes } of image.pieces()) last = bytes;
      expect(Buffer.from(last ?? []).includes(Buffer.from(page(1)))).toBe(true);
    }
    await expect(box.exportDisk(file, { chain: "delta" })).rejects.toMatchObject({ code: "NotSupported" });
    await expect(box.exportDisk(file, { disk: 2999 })).rejects.toMatchObject({ code: "InvalidArgument" });
    await box.powerOn();
  });
});

describe("importing a disk", () => {
  it("puts it on a datastore, from where a machine can take it", async () => {
    await box.exportDisk(join(folder, "disk.vmdk"));
    const datastore = await vc.find.datastore("vmfs-01");
    const path = await datastore.importDisk(join(folder, "disk.vmdk"), "disk.vmdk");
    expect(path).toBe("[vmfs-01] disk.vmdk");
    const device = {
      _typeName: "VirtualDisk",
      key: -1,
      controllerKey: 1000,
      unitNumber: 5,
      capacityInKB: 0,
      backing: { _typeName: "VirtualDiskFlatVer2BackingInfo", fileName: path, diskMode: "persistent" },
    } as const;
    await box.reconfigure({ deviceChange: [{ operation: "add", device }] });
    expect(await box.diskAt(2005).read(far, 4096)).toEqual(page(1));
    expect((await box.diskAt(2005).figures()).mapped).toBe((await box.disk.figures()).mapped);
  });

  it("leaves nothing behind when the file is not in order", async () => {
    await box.exportDisk(join(folder, "disk.vmdk"));
    const datastore = await vc.find.datastore("vmfs-01");
    const before = await datastore.space();
    cut(join(folder, "disk.vmdk"), -1000);
    await expect(datastore.importDisk(join(folder, "disk.vmdk"), "d.vmdk")).rejects.toMatchObject({ code: "BadDisk" });
    await expect(datastore.importDisk(join(folder, "none.vmdk"), "d.vmdk")).rejects.toMatchObject({ code: "BadDisk" });
    expect(await datastore.space()).toEqual(before);
  });
});

function flip(file: string, at: number): void {
  const bytes = readFileSync(file);
  bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  writeFileSync(file, bytes);
}
function cut(file: string, length: number): void {
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.subarray(0, length < 0 ? bytes.length + length : length));
}
function edit(file: string, from: string, to: string): void {
  writeFileSync(file, readFileSync(file, "utf8").replaceAll(from, to));
}
