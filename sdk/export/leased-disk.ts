import { basename } from "node:path";
import { throwIfAborted, VsphereError } from "../errors.ts";
import type { VirtualMachine } from "../objects/virtual-machine.ts";
import * as vmdk from "../vmdk/index.ts";
import type { ExportDiskOptions, ExportedDisk } from "./disk-options.ts";
import { writeNewFile } from "./new-file.ts";
import { NfcLease } from "./nfc-lease.ts";

/**
 * Writes a disk of a machine of a vCenter that does not hand its bytes out: through a lease, for which the machine must be off. What
 * comes is flattened and compressed, and is made what was asked for on the way.
 */
export async function exportLeasedDisk(
  vm: VirtualMachine,
  file: string,
  options: ExportDiskOptions,
): Promise<ExportedDisk> {
  const { format = "monolithicSparse", chain = "flatten", signal, onProgress } = options;
  if (chain === "delta" || format === "vmfsSparse")
    throw new VsphereError(
      "NotSupported",
      "A vCenter exports flattened disks only: as monolithicSparse or streamOptimized. Deltas come of simulated ones.",
    );
  const index = await indexOf(vm, options);
  const lease = await NfcLease.ready(vm.session, await vm.ExportVm({}, { signal }), options);
  return lease.during(async () => {
    const device = lease.disks[index];
    if (!device) throw new VsphereError("BadAnswer", `The lease has no address for disk ${index} of the machine.`);
    const activity = `Exporting to ${file}`;
    const total = Math.max(1, Number(device.fileSize ?? 1));
    let done = 0;
    const chunks = async function* () {
      for await (const chunk of lease.transfer.download(device.url, signal)) {
        throwIfAborted(signal, activity);
        done += chunk.length;
        lease.progress((100 * done) / total);
        onProgress?.({ activity, done: Math.min(done, total), total, failed: 0 });
        yield chunk;
      }
    };
    return format === "streamOptimized" ? passOn(chunks(), file, device.url) : convert(chunks(), file, device.url);
  }, options);
}

/** Which of the machine's disks it is, in the order of their keys, which is that of a lease. */
async function indexOf(vm: VirtualMachine, { disk = 0, signal }: ExportDiskOptions): Promise<number> {
  const devices = (await vm.get("config.hardware.device", { signal })) ?? [];
  const keys = devices.filter(({ _typeName }) => _typeName === "VirtualDisk").map(({ key }) => key);
  const index = disk === 0 ? 0 : keys.indexOf(disk);
  if (index >= 0 && index < keys.length) return index;
  throw new VsphereError("InvalidArgument", `The machine has no disk ${disk}. It has: ${keys.join(", ") || "none"}.`);
}

async function passOn(chunks: AsyncIterable<Uint8Array>, file: string, url: string): Promise<ExportedDisk> {
  return writeNewFile(file, async (output) => {
    let position = 0;
    let held = 0;
    const kept = async function* () {
      for await (const chunk of chunks) {
        await output.write(position, chunk);
        position += chunk.length;
        yield chunk;
      }
    };
    // Read as it comes, so that what is kept is known to be whole.
    const { capacity, pieces } = await vmdk.readStream(kept(), url);
    for await (const { length } of pieces()) held += length;
    return { files: [file], capacity, held };
  });
}

async function convert(chunks: AsyncIterable<Uint8Array>, file: string, url: string): Promise<ExportedDisk> {
  const { capacity, pieces } = await vmdk.readStream(chunks, url);
  return writeNewFile(file, async (output) => {
    const { grains } = await vmdk.writeSparse(output, wholeGrains(pieces()), { file: basename(file), capacity });
    return { files: [file], capacity, held: grains * vmdk.GRAIN };
  });
}

/** Grains of 64 KiB, of pieces in ascending order that may be smaller or larger. */
async function* wholeGrains(pieces: AsyncIterable<vmdk.Piece>): AsyncGenerator<vmdk.Grain> {
  let address = -1;
  let grain = new Uint8Array(vmdk.GRAIN);
  for await (const { address: from, bytes } of pieces)
    for (let at = 0; bytes && at < bytes.length; ) {
      const start = Math.floor((from + at) / vmdk.GRAIN) * vmdk.GRAIN;
      if (start !== address) {
        if (address >= 0) yield { address, bytes: grain };
        address = start;
        grain = new Uint8Array(vmdk.GRAIN);
      }
      const part = bytes.subarray(at, at + vmdk.GRAIN - (from + at - start));
      grain.set(part, from + at - start);
      at += part.length;
    }
  if (address >= 0) yield { address, bytes: grain };
}
