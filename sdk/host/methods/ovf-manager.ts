import type { vim } from "../../vim/index.ts";
import type { Handlers } from "../call.ts";
import { describeMachine } from "../export/ovf/describe-machine.ts";
import { planImport } from "../export/ovf/import-spec.ts";
import { type Described, readDescriptor } from "../export/ovf/read-descriptor.ts";
import { writeDescriptor } from "../export/ovf/write-descriptor.ts";
import { asFault, fault, notSupported } from "../faults.ts";
import { resolveKind } from "../inventory/lookup.ts";

/** What is wrong in a package is part of the answer: only what is wrong in the call is thrown. */
async function read(text: string): Promise<Described | readonly vim.LocalizedMethodFault[]> {
  try {
    return await readDescriptor(text);
  } catch (error) {
    return [asFault(error).localized];
  }
}

const isWrong = (read: Described | readonly vim.LocalizedMethodFault[]): read is readonly vim.LocalizedMethodFault[] =>
  Array.isArray(read);

const warningsOf = (texts: readonly string[]) =>
  texts.length === 0 ? {} : { warning: texts.map((text) => fault("OvfImport", {}, text).localized) };

function sizes({ files, disks }: Described) {
  const all = [...disks.values()];
  const sum = (values: readonly (number | undefined)[]) =>
    values.reduce<number>((total, value) => total + (value ?? 0), 0);
  return {
    download: sum(files.map(({ size }) => size)),
    flat: sum(all.map(({ capacity }) => capacity)),
    sparse: sum(all.map(({ capacity, populated }) => populated ?? capacity)),
  };
}

export const ovfManager: Handlers<"OvfManager"> = {
  CreateDescriptor({ core }, { obj, cdp }) {
    const { view } = core.universe;
    if (obj.type !== "VirtualMachine") throw notSupported(`Describing a ${obj.type} as OVF`);
    const machine = resolveKind(view, "VirtualMachine", { type: "VirtualMachine", value: obj.value });
    const snapshot = cdp.snapshot && resolveKind(view, "VirtualMachineSnapshot", cdp.snapshot);
    const described = describeMachine(view, machine, snapshot?.machine ?? machine, cdp);
    return { ovfDescriptor: writeDescriptor(described), includeImageFiles: false };
  },

  async ParseDescriptor(_call, { ovfDescriptor }) {
    const described = await read(ovfDescriptor);
    const nothing = { annotation: "", defaultEntityName: "", virtualApp: false, defaultDeploymentOption: "" };
    if (isWrong(described)) return { ...nothing, error: described };
    const { download, flat, sparse } = sizes(described);
    return {
      ...nothing,
      network: described.networks,
      annotation: described.annotation,
      approximateDownloadSize: download,
      approximateFlatDeploymentSize: flat,
      approximateSparseDeploymentSize: sparse,
      defaultEntityName: described.name,
      ...warningsOf(described.ignored.map((item) => `The device '${item}' is not simulated.`)),
    };
  },

  async ValidateHost({ core }, { ovfDescriptor, host }) {
    const { memoryBytes, cores } = resolveKind(core.universe.view, "HostSystem", host);
    const described = await read(ovfDescriptor);
    if (isWrong(described)) return { error: described };
    const { download, flat, sparse } = sizes(described);
    const wrong: string[] = [];
    if (described.cpus > cores) wrong.push(`It needs ${described.cpus} processors, the host has ${cores}.`);
    if (described.memoryMB * 2 ** 20 > memoryBytes)
      wrong.push(`It needs ${described.memoryMB} MB, more than the host has.`);
    return {
      downloadSize: download,
      flatDeploymentSize: flat,
      sparseDeploymentSize: sparse,
      supportedDiskProvisioning: ["thin", "thick", "eagerZeroedThick"],
      ...(wrong.length === 0 ? {} : { error: wrong.map((text) => fault("OvfImport", {}, text).localized) }),
    };
  },

  async CreateImportSpec({ core }, { ovfDescriptor, resourcePool, datastore, cisp }) {
    const { view } = core.universe;
    const pool = resolveKind(view, "ResourcePool", resourcePool);
    const store = resolveKind(view, "Datastore", datastore);
    const described = await read(ovfDescriptor);
    if (isWrong(described)) return { error: described };
    const { spec, files, warnings } = planImport(view, described, pool.id, store, cisp);
    return { importSpec: spec, fileItem: files, ...warningsOf(warnings) };
  },
};
