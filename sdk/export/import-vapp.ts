import { createHash } from "node:crypto";
import { errorOfFault, throwIfAborted, VsphereError } from "../errors.ts";
import { type Reference, referenceOf } from "../objects/managed-object.ts";
import { VirtualMachine } from "../objects/virtual-machine.ts";
import type { ProgressOptions } from "../progress.ts";
import type { Session } from "../session.ts";
import type { vim } from "../vim/index.ts";
import type { Promised } from "./manifest.ts";
import { NfcLease } from "./nfc-lease.ts";
import { openPackage, type Package } from "./package.ts";

/** Where a package goes, and as what. */
export interface ImportVAppOptions extends ProgressOptions {
  /** Default: the name in the package. */
  readonly name?: string | undefined;
  readonly resourcePool: Reference<"ResourcePool">;
  readonly datastore: Reference<"Datastore">;
  /** Default: the datacenter's own folder for machines. */
  readonly folder?: Reference<"Folder"> | undefined;
  readonly host?: Reference<"HostSystem"> | undefined;
  /** For networks of the package, by name, those here. Default: the one of the same name, else the first. */
  readonly networks?: Readonly<Record<string, Reference<"Network">>> | undefined;
  /** Default: `thin`. */
  readonly disks?: "thin" | "thick" | undefined;
  /** Told of what is in the package and will not be in the machine. */
  readonly onWarning?: ((message: string) => void) | undefined;
}

/** Makes a machine of an OVF or OVA package, see `Session.importVApp`. */
export async function importVApp(session: Session, file: string, options: ImportVAppOptions): Promise<VirtualMachine> {
  const source = await openPackage(file);
  try {
    const own = source.manifest.get(source.name);
    if (own) requireSame(source.name, own, createHash(own.algorithm).update(source.descriptor).digest("hex"));
    const { importSpec, files } = await plan(session, source, options);
    const { signal, resourcePool, folder, host } = options;
    const lease = await session.call<"ResourcePool", "ImportVApp">(
      referenceOf(resourcePool),
      "ImportVApp",
      {
        spec: importSpec,
        ...(folder === undefined ? {} : { folder: referenceOf(folder) }),
        ...(host === undefined ? {} : { host: referenceOf(host) }),
      },
      { signal },
    );
    const held = await NfcLease.ready(session, lease, options);
    return await held.during(async () => {
      await bringDisks(held, source, files, file, options);
      const { type, value } = held.info.entity;
      if (type !== "VirtualMachine") throw new VsphereError("BadAnswer", `The package became a ${type}.`);
      return new VirtualMachine(session, { type, value });
    }, options);
  } finally {
    await source.close();
  }
}

async function plan(session: Session, { descriptor }: Package, options: ImportVAppOptions) {
  const { ovfManager } = session.content;
  if (!ovfManager) throw new VsphereError("NotSupported", "This server does not import OVF packages.");
  const networkMapping = Object.entries(options.networks ?? {}).map(([name, network]) => ({
    name,
    network: referenceOf(network),
  }));
  const cisp: vim.OvfCreateImportSpecParams = {
    locale: "",
    deploymentOption: "",
    entityName: options.name ?? "",
    diskProvisioning: options.disks ?? "thin",
    ...(networkMapping.length === 0 ? {} : { networkMapping }),
    ...(options.host === undefined ? {} : { hostSystem: referenceOf(options.host) }),
  };
  const planned = await session.call(
    ovfManager,
    "CreateImportSpec",
    {
      ovfDescriptor: descriptor,
      resourcePool: referenceOf(options.resourcePool),
      datastore: referenceOf(options.datastore),
      cisp,
    },
    options,
  );
  const [error] = planned.error ?? [];
  if (error) throw errorOfFault(error, "The package cannot be imported");
  if (!planned.importSpec) throw new VsphereError("BadAnswer", "The server says nothing about the package.");
  for (const { localizedMessage } of planned.warning ?? []) options.onWarning?.(localizedMessage ?? "");
  return { importSpec: planned.importSpec, files: planned.fileItem ?? [] };
}

async function bringDisks(
  lease: NfcLease,
  source: Package,
  files: readonly vim.OvfFileItem[],
  file: string,
  { signal, onProgress }: ImportVAppOptions,
): Promise<void> {
  const activity = `Importing ${file}`;
  const total = Math.max(
    1,
    files.reduce((sum, { size }) => sum + Number(size ?? 0), 0),
  );
  let done = 0;
  for (const { deviceId, path } of files) {
    const device = (lease.info.deviceUrl ?? []).find(({ importKey }) => importKey === deviceId);
    if (!device) throw new VsphereError("BadAnswer", `The server has no place for '${path}' (${deviceId}).`);
    const promised = source.manifest.get(path);
    const hash = createHash(promised?.algorithm ?? "sha256");
    const watched = async function* () {
      for await (const chunk of source.read(path)) {
        throwIfAborted(signal, activity);
        hash.update(chunk);
        done += chunk.length;
        lease.progress((100 * done) / total);
        onProgress?.({ activity, done: Math.min(done, total), total, failed: 0 });
        yield chunk;
      }
      // Before the server takes it for whole.
      if (promised) requireSame(path, promised, hash.digest("hex"));
    };
    await lease.transfer.upload(device.url, watched(), signal);
  }
}

function requireSame(name: string, { algorithm, digest }: Promised, found: string): void {
  if (digest !== found)
    throw new VsphereError(
      "BadDisk",
      `'${name}' is not what the manifest says: its ${algorithm} is ${found}, not ${digest}.`,
    );
}
