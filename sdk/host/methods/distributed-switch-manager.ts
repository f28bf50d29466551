import type { Ref, vim } from "../../vim/index.ts";
import { type Call, type Handlers, sessionOf } from "../call.ts";
import { fault } from "../faults.ts";
import { resolve, resolveKind } from "../inventory/lookup.ts";
import { cardIsTaken, switchesOf } from "../network/members.ts";
import { physicalCards, physicalNic } from "../network/physical-cards.ts";
import { features, hostProducts, products, requireProduct } from "../network/product.ts";
import { portgroupsOf, switchOfUuid, switchUuid } from "../network/switch-uuid.ts";
import { readerOf } from "../property/reader.ts";
import { idOf, refOf } from "../state/id.ts";
import { escapeName } from "../state/name.ts";
import type { HostRecord, Kind } from "../state/record.ts";
import type { SwitchRecord } from "../state/switch-record.ts";
import type { View } from "../state/view.ts";
import { allBelow } from "../views/below.ts";

type Of = Call<"DistributedVirtualSwitchManager">;

function byUuid(view: View, uuid: string): SwitchRecord {
  const found = switchOfUuid(view, uuid);
  if (found) return found;
  throw fault("NotFound", {}, `There is no distributed switch with the UUID '${uuid.slice(0, 100)}'.`);
}

const hosts: ReadonlySet<Kind> = new Set(["HostSystem"]);
const switches: ReadonlySet<Kind> = new Set(["VmwareDistributedVirtualSwitch"]);

/** The hosts at or below an entity that are not in a switch. */
function hostsBelow(call: Of, container: Ref, recursive: boolean, of?: Ref): Ref<"HostSystem">[] {
  const reader = readerOf(call.core, sessionOf(call));
  const start = resolve(reader, container);
  const members = of && resolveKind(reader, "VmwareDistributedVirtualSwitch", of).members;
  const found: HostRecord[] = [];
  const take = (id: number) => {
    const host = reader.object(id);
    if (host?.kind === "HostSystem" && (recursive || host.parent === start.id || id === start.id)) found.push(host);
  };
  take(start.id);
  for (const id of allBelow(start.id, reader, hosts)) take(id);
  return found.filter((host) => !members?.has(host.id)).map(refOf);
}

function target(call: Of, host: Ref | undefined, only: Ref | undefined): vim.DVSManagerDvsConfigTarget {
  const reader = readerOf(call.core, sessionOf(call));
  const all: SwitchRecord[] = [];
  if (host) all.push(...switchesOf(reader, resolveKind(reader, "HostSystem", host)));
  else
    for (const id of allBelow(call.core.rootFolder, reader, switches)) {
      const found = reader.object(id);
      if (found?.kind === "VmwareDistributedVirtualSwitch") all.push(found);
    }
  const wanted = only && resolveKind(reader, "VmwareDistributedVirtualSwitch", only).id;
  const shown = all.filter(({ id }) => wanted === undefined || id === wanted);
  return {
    distributedVirtualPortgroup: shown.flatMap((of) =>
      [...portgroupsOf(reader, of)].map((group) => ({
        switchName: escapeName(of.name),
        switchUuid: switchUuid(reader.seed, of.id),
        portgroupName: escapeName(group.name),
        portgroupKey: idOf(group),
        portgroupType: group.type,
        uplinkPortgroup: group.uplink,
        portgroup: refOf(group),
        networkReservationSupported: true,
        backingType: "standard",
      })),
    ),
    distributedVirtualSwitch: shown.map((of) => ({
      switchName: escapeName(of.name),
      switchUuid: switchUuid(reader.seed, of.id),
      distributedVirtualSwitch: refOf(of),
      networkReservationSupported: true,
    })),
  };
}

export const distributedSwitchManager: Handlers<"DistributedVirtualSwitchManager"> = {
  QueryAvailableDvsSpec: (_call, { recommended }) => products(recommended),
  QueryDvsByUuid: ({ core }, { uuid }) => refOf(byUuid(core.universe.view, uuid)),
  QueryDvsCompatibleHostSpec: (_call, { switchProductSpec }) => {
    requireProduct(switchProductSpec);
    return hostProducts;
  },
  QueryDvsFeatureCapability: (_call, { switchProductSpec }) => {
    requireProduct(switchProductSpec);
    return features;
  },
  QueryCompatibleHostForNewDvs: (call, { container, recursive }) => hostsBelow(call, container, recursive),
  QueryCompatibleHostForExistingDvs: (call, { container, recursive, dvs }) =>
    hostsBelow(call, container, recursive, dvs),
  QueryCompatibleVmnicsFromHosts: ({ core }, { hosts: asked = [] }) => {
    const { view } = core.universe;
    return asked.map((ref) => {
      const host = resolveKind(view, "HostSystem", ref);
      const free = physicalCards(host).filter(({ device }) => !cardIsTaken(view, host, device));
      return { host: refOf(host), physicalNics: free.map(physicalNic) };
    });
  },
  QueryDvsConfigTarget: (call, { host, dvs }) => target(call, host, dvs),
  DVSManagerLookupDvPortGroup({ core }, { switchUuid: uuid, portgroupKey }) {
    const { view } = core.universe;
    for (const group of portgroupsOf(view, byUuid(view, uuid))) if (idOf(group) === portgroupKey) return refOf(group);
    throw fault("NotFound", {}, `The switch has no port group '${portgroupKey.slice(0, 100)}'.`);
  },
};
