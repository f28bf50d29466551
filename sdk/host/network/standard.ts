import type { vim } from "../../vim/index.ts";
import type { HostRecord } from "../state/record.ts";
import type { StandardNetworking, StandardPortgroup, StandardSwitch } from "../state/standard-networking.ts";
import type { View } from "../state/view.ts";

/** What a new host's own traffic goes by. */
export const management = "Management Network";
export const usualPorts = 128;
export const usualMtu = 1500;

/** What a port group does where it says nothing: as ESXi's standard switches do. */
export const usualPolicy = (pnics: readonly string[]): vim.HostNetworkPolicy => ({
  security: { allowPromiscuous: false, macChanges: false, forgedTransmits: false },
  nicTeaming: {
    policy: "loadbalance_srcid",
    reversePolicy: true,
    notifySwitches: true,
    rollingOrder: false,
    failureCriteria: {
      checkSpeed: "minimum",
      speed: 10,
      checkDuplex: false,
      fullDuplex: false,
      checkErrorPercent: false,
      percentage: 0,
      checkBeacon: false,
    },
    nicOrder: pnics.length === 0 ? {} : { activeNic: pnics },
  },
  shapingPolicy: { enabled: false },
});

const nothing: vim.HostNetworkPolicy = Object.freeze({});

/** The standard switches of a host. One that nobody has changed has vSwitch0, with all networks that the host has on it. */
export function standardOf(view: Pick<View, "object">, host: HostRecord): StandardNetworking {
  if (host.standard) return host.standard;
  const plain = { switch: "vSwitch0", vlan: 0, policy: nothing };
  const networks = [...host.networks.keys()].flatMap((id): StandardPortgroup[] => {
    const found = view.object(id);
    return found?.kind === "Network" ? [{ ...plain, name: found.name, network: id }] : [];
  });
  return {
    switches: [{ name: "vSwitch0", ports: usualPorts, mtu: usualMtu, pnics: ["vmnic0"], policy: undefined }],
    portgroups: [...networks, { ...plain, name: management, network: 0 }],
  };
}

/** What a port group is called now: a Network may have been renamed. */
export const nameOf = (view: Pick<View, "object">, { network, name }: StandardPortgroup): string =>
  view.object(network)?.name ?? name;

/** What a port group does, its own policy over its switch's. */
export function policyOf(of: StandardSwitch | undefined, own: vim.HostNetworkPolicy): vim.HostNetworkPolicy {
  const usual = usualPolicy(of?.pnics ?? []);
  const below = of?.policy ?? {};
  return {
    security: { ...usual.security, ...below.security, ...own.security },
    nicTeaming: { ...usual.nicTeaming, ...below.nicTeaming, ...own.nicTeaming },
    shapingPolicy: { ...usual.shapingPolicy, ...below.shapingPolicy, ...own.shapingPolicy },
  };
}
