import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { withPeer } from "../peers.ts";
import { fieldsOf, type Lab, startLab } from "./lab.ts";

const pool = ["-pool", "/DC0/host/DC0_H0/Resources"];

withPeer("govc", "govc exports and imports", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab();
    await lab.govc("vm.create", "-on=false", ...pool, "-m", "256", "-disk", "64M", "-net", "VM Network", "source");
    await (await lab.vc.find.virtualMachine("source")).disk.write(2 ** 20, new TextEncoder().encode("carried over"));
  });
  afterAll(() => lab[Symbol.asyncDispose]());
  const carried = async (name: string) =>
    new TextDecoder().decode(await (await lab.vc.find.virtualMachine(name)).disk.read(2 ** 20, 12));

  it("export.ovf: a descriptor, the disks, and a manifest that fits them", async () => {
    await lab.govc("export.ovf", "-vm", "source", "-sha", "256", "out");
    const directory = join(lab.directory, "out", "source");
    const names = readdirSync(directory).sort();
    expect(names).toEqual(["source-disk-0.vmdk", "source.mf", "source.ovf"]);
    expect(readFileSync(join(directory, "source.ovf"), "utf8")).toContain('ovf:href="source-disk-0.vmdk"');
    const disk = createHash("sha256")
      .update(readFileSync(join(directory, "source-disk-0.vmdk")))
      .digest("hex");
    expect(readFileSync(join(directory, "source.mf"), "utf8")).toContain(`SHA256(source-disk-0.vmdk)= ${disk}`);
  });

  it("import.spec, import.ovf: the machine again, with its bytes", async () => {
    const spec = await lab.govc("import.spec", "out/source/source.ovf");
    expect(JSON.parse(spec)).toMatchObject({ DiskProvisioning: "flat", NetworkMapping: [{ Name: "VM Network" }] });
    await lab.govc("import.ovf", ...pool, "-name", "again", "out/source/source.ovf");
    expect(await carried("again")).toBe("carried over");
    expect(fieldsOf(await lab.govc("vm.info", "again"))).toMatchObject({
      Memory: "256MB",
      "Power state": "poweredOff",
    });
  });

  it("import.ova: from one file", async () => {
    const packed = spawnSync("tar", ["cf", "../source.ova", "source.ovf", "source.mf", "source-disk-0.vmdk"], {
      cwd: join(lab.directory, "out", "source"),
    });
    expect(packed.status).toBe(0);
    await lab.govc("import.ova", ...pool, "-name", "packed", "out/source.ova");
    expect(await carried("packed")).toBe("carried over");
  });

  it("import.vmdk: a disk for a machine to come", async () => {
    await lab.govc("import.vmdk", ...pool, "out/source/source-disk-0.vmdk", "loose");
    const options = [...pool, "-on=false", "-disk", "loose/source-disk-0.vmdk", "-link=false"];
    await lab.govc("vm.create", ...options, "of-disk");
    expect(await carried("of-disk")).toBe("carried over");
  });

  it("snapshot.export: the disk as it was", async () => {
    await lab.govc("snapshot.create", "-vm", "source", "then");
    await (await lab.vc.find.virtualMachine("source")).disk.write(2 ** 20, new TextEncoder().encode("written late"));
    mkdirSync(join(lab.directory, "snap"));
    await lab.govc("snapshot.export", "-vm", "source", "-d", "snap", "then");
    const [file] = readdirSync(join(lab.directory, "snap"), { recursive: true })
      .map(String)
      .filter((name) => name.endsWith(".vmdk"));
    expect(file).toBeDefined();
    await lab.govc("import.vmdk", ...pool, join("snap", file ?? ""), "then");
    await lab.govc("vm.create", ...pool, "-on=false", "-disk", "then/disk-0.vmdk", "-link=false", "of-snapshot");
    expect(await carried("of-snapshot")).toBe("carried over");
  });
});
