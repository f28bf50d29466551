import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdtemp, rename, rm } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { throwIfAborted, VsphereError } from "../errors.ts";
import type { VirtualMachine } from "../objects/virtual-machine.ts";
import type { ProgressOptions } from "../progress.ts";
import type { vim } from "../vim/index.ts";
import { formatManifest } from "./manifest.ts";
import { exists, writeNewFile } from "./new-file.ts";
import { NfcLease } from "./nfc-lease.ts";
import { tarEnd, tarHeader, tarPadding } from "./tar.ts";

/** How a machine is written as a package. */
export interface ExportVAppOptions extends ProgressOptions {
  /** Default: `ova` where the file's name ends so, else `ovf`. */
  readonly format?: "ova" | "ovf" | undefined;
  /** Take the place of files that are there. Default: false, they are left and it is an error. */
  readonly force?: boolean | undefined;
}

/** What was written. */
export interface ExportedVApp {
  /** Paths of the files: the descriptor or the OVA first. */
  readonly files: readonly string[];
}

interface Part {
  readonly name: string;
  readonly sha256: string;
  readonly size: number;
}

/** Writes a machine that is off as an OVF or OVA package, see `VirtualMachine.exportVApp`. */
export async function exportVApp(
  vm: VirtualMachine,
  file: string,
  options: ExportVAppOptions = {},
): Promise<ExportedVApp> {
  const format = options.format ?? (/\.ova$/i.test(file) ? "ova" : "ovf");
  if (typeof file !== "string" || file === "" || file.includes("\0"))
    throw new VsphereError("InvalidArgument", "The file to write must be a path.");
  if (format !== "ova" && format !== "ovf")
    throw new VsphereError("InvalidArgument", `'format' must be ova or ovf, not '${String(format)}'.`);
  throwIfAborted(options.signal, "The export");
  const stem = basename(file, extname(file));
  const target = join(dirname(file), `${stem}.${format}`);
  if (!options.force && (await exists(target)))
    throw new VsphereError("FileError", `'${target}' is there already. Choose another name, or export with force.`);
  const lease = await NfcLease.ready(vm.session, await vm.ExportVm({}, options), options);
  return lease.during(async () => {
    const folder = await temporaryFolder(dirname(file), stem);
    try {
      const disks = await fetchDisks(lease, folder, stem, vm, options);
      const descriptor = await describe(vm, stem, lease, disks, options);
      const ovf = await writePart(folder, `${stem}.ovf`, descriptor);
      const manifest = await writePart(folder, `${stem}.mf`, formatManifest([ovf, ...disks]));
      const parts = [ovf, manifest, ...disks];
      if (format === "ova") {
        await pack(folder, parts, target, options);
        return { files: [target] };
      }
      return { files: await place(folder, parts, dirname(file), options.force ?? false) };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }, options);
}

async function temporaryFolder(parent: string, stem: string): Promise<string> {
  try {
    return await mkdtemp(join(parent, `.${stem}-`));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new VsphereError("FileError", `Nothing can be written to '${parent}': ${why}`, { cause: error });
  }
}

async function fetchDisks(
  lease: NfcLease,
  folder: string,
  stem: string,
  vm: VirtualMachine,
  { signal, onProgress }: ProgressOptions,
): Promise<readonly Part[]> {
  const activity = `Exporting ${await vm.name({ signal })}`;
  const total = Math.max(
    1,
    lease.disks.reduce((sum, { fileSize }) => sum + Number(fileSize ?? 0), 0),
  );
  let done = 0;
  const parts: Part[] = [];
  for (const [index, { url }] of lease.disks.entries()) {
    const name = `${stem}-disk${index + 1}.vmdk`;
    const hash = createHash("sha256");
    const size = await writeNewFile(join(folder, name), async (output) => {
      let position = 0;
      for await (const chunk of lease.transfer.download(url, signal)) {
        throwIfAborted(signal, activity);
        hash.update(chunk);
        await output.write(position, chunk);
        position += chunk.length;
        done += chunk.length;
        lease.progress((100 * done) / total);
        onProgress?.({ activity, done: Math.min(done, total), total, failed: 0 });
      }
      return position;
    });
    parts.push({ name, size, sha256: hash.digest("hex") });
  }
  return parts;
}

async function describe(
  vm: VirtualMachine,
  name: string,
  lease: NfcLease,
  disks: readonly Part[],
  options: ProgressOptions,
): Promise<string> {
  const { ovfManager } = vm.session.content;
  if (!ovfManager) throw new VsphereError("NotSupported", "This server does not describe machines as OVF.");
  const ovfFiles = lease.disks.map(({ key }, index): vim.OvfFile => {
    const { name: path = "", size = 0 } = disks[index] ?? {};
    return { deviceId: key, path, size };
  });
  const { ovfDescriptor } = await vm.session.call(
    ovfManager,
    "CreateDescriptor",
    { obj: vm.ref, cdp: { name, ovfFiles } },
    options,
  );
  return ovfDescriptor;
}

async function writePart(folder: string, name: string, text: string): Promise<Part> {
  const bytes = new TextEncoder().encode(text);
  await writeNewFile(join(folder, name), (output) => output.write(0, bytes));
  return { name, size: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** An OVA: the descriptor first, then the manifest, then the disks in the order of its references. */
async function pack(
  folder: string,
  parts: readonly Part[],
  target: string,
  { signal }: ProgressOptions,
): Promise<void> {
  await writeNewFile(target, async (output) => {
    let position = 0;
    const add = async (bytes: Uint8Array) => {
      await output.write(position, bytes);
      position += bytes.length;
    };
    for (const { name, size } of parts) {
      await add(tarHeader(name, size));
      for await (const chunk of createReadStream(join(folder, name), { highWaterMark: 2 ** 20 })) {
        throwIfAborted(signal, "The export");
        await add(chunk);
      }
      await add(new Uint8Array(tarPadding(size)));
    }
    await add(tarEnd());
  });
}

/** Moves the files of a package to where they belong, the descriptor last: with it the package is there. */
async function place(folder: string, parts: readonly Part[], to: string, force: boolean): Promise<readonly string[]> {
  if (!force)
    for (const { name } of parts)
      if (await exists(join(to, name)))
        throw new VsphereError("FileError", `'${join(to, name)}' is there already. Choose another name, or use force.`);
  for (const { name } of [...parts].reverse()) await rename(join(folder, name), join(to, name));
  return parts.map(({ name }) => join(to, name));
}
