import type { ManagedType, Properties, Ref, vim } from "../../vim/index.ts";
import { type Call, type Handlers, sessionOf } from "../call.ts";
import { invalidArgument } from "../faults.ts";
import { resolveKind } from "../inventory/lookup.ts";
import { configOption, configOptionDescriptors } from "../machine/config-option.ts";
import { newestHardware, requireHardware } from "../machine/hardware-versions.ts";
import { capability } from "../properties/host-capability.ts";
import { fetchProperty } from "../property/fetch.ts";
import { refOf } from "../state/id.ts";
import type { HostRecord } from "../state/record.ts";
import { record } from "../state/view.ts";

type Browsing = Call<"EnvironmentBrowser">;

/** The hosts whose environment it is: one that is asked for, the machine's own, or those of the compute resource. */
function hostsOf({ core, id }: Browsing, wanted: Ref<"HostSystem"> | undefined): HostRecord[] {
  const { view } = core.universe;
  const owner = view.object(id);
  const ids =
    owner?.kind === "VirtualMachine"
      ? [owner.host]
      : owner?.kind === "ClusterComputeResource" || owner?.kind === "ComputeResource"
        ? [...owner.hosts.keys()]
        : [];
  if (!wanted) return ids.map((host) => record(view, "HostSystem", host));
  const host = resolveKind(view, "HostSystem", wanted);
  if (owner?.kind === "VirtualMachine" || ids.includes(host.id)) return [host];
  throw invalidArgument("host", `The host '${host.name}' is not of this environment.`);
}

/** What the schema says of a property is what the property tables have. */
const read = <T extends ManagedType, P extends keyof Properties<T> & string>(
  call: Browsing,
  ref: Ref<T>,
  prop: P,
): Properties<T>[P] => fetchProperty(call.core, sessionOf(call), ref, { prop }) as Properties<T>[P];

/** What all of some hosts have. */
function common(hosts: readonly HostRecord[], of: (host: HostRecord) => Iterable<number>): number[] {
  const [first, ...others] = hosts.map((host) => new Set(of(host)));
  return [...(first ?? [])].filter((id) => others.every((ids) => ids.has(id)));
}

function target(call: Browsing, hosts: readonly HostRecord[]): vim.ConfigTarget {
  const { view } = call.core.universe;
  const least = (of: (host: HostRecord) => number) => Math.min(...hosts.map(of));
  const datastore = common(hosts, (host) => host.datastores.keys()).map((id): vim.VirtualMachineDatastoreInfo => {
    const ref = refOf(record(view, "Datastore", id));
    const summary = read(call, ref, "summary");
    return {
      _typeName: "VirtualMachineDatastoreInfo",
      name: summary.name,
      configurationTag: ["clusterWide"],
      datastore: summary,
      capability: read(call, ref, "capability"),
      maxFileSize: 62 * 2 ** 40,
      mode: "readWrite",
    };
  });
  const network = common(hosts, (host) => host.networks.keys()).flatMap((id): vim.VirtualMachineNetworkInfo[] => {
    const found = view.object(id);
    if (found?.kind !== "Network") return [];
    const summary = read(call, refOf(found), "summary");
    return [
      {
        _typeName: "VirtualMachineNetworkInfo",
        name: summary.name,
        configurationTag: ["clusterWide"],
        network: summary,
      },
    ];
  });
  const cpus = least(({ cores }) => 2 * cores);
  const memoryMB = Math.floor(least(({ memoryBytes }) => memoryBytes) / 2 ** 20);
  return {
    numCpus: cpus,
    numCpuCores: least(({ cores }) => cores),
    numNumaNodes: 1,
    maxCpusPerHost: cpus,
    smcPresent: false,
    datastore,
    network,
    maxMemMBOptimalPerf: memoryMB,
    supportedMaxMemMB: memoryMB,
    autoVmotion: false,
  };
}

/** What machines can be and have on the hosts of a machine or of a compute resource. */
export const environmentBrowser: Handlers<"EnvironmentBrowser"> = {
  QueryConfigOptionDescriptor: (call) => configOptionDescriptors(hostsOf(call, undefined).map(refOf)),

  QueryConfigOption(call, { key, host }) {
    hostsOf(call, host);
    return configOption(key === undefined ? newestHardware : requireHardware(key, "key"));
  },

  QueryConfigOptionEx(call, { spec = {} }) {
    hostsOf(call, spec.host);
    return configOption(spec.key === undefined ? newestHardware : requireHardware(spec.key, "spec.key"), spec.guestId);
  },

  QueryConfigTarget(call, { host }) {
    const hosts = hostsOf(call, host);
    return hosts.length === 0 ? undefined : target(call, hosts);
  },

  QueryTargetCapabilities: (call, { host }) => (hostsOf(call, host).length === 0 ? undefined : capability()),
};
