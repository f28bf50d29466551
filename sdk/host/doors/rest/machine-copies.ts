import { vim } from "../../../vim/index.ts";
import type { Body } from "./body.ts";
import { type Caller, ref } from "./caller.ts";
import { invalid } from "./error.ts";

/** `POST /vcenter/vm?action=instant-clone`: the new machine's id. */
export async function instantClone(caller: Caller): Promise<string> {
  const body = await caller.body();
  const source = ref("VirtualMachine", body.requiredText("source"));
  const name = body.requiredText("name");
  const biosUuid = body.text("bios_uuid");
  const placement = body.object("placement");
  const location = placed(placement, ["folder", "resource_pool", "datastore"]);
  const deviceChange = cardChanges(caller, source.value, body);
  body.close();
  const spec = {
    name,
    location: { ...location, ...(deviceChange.length > 0 ? { deviceChange } : {}) },
    ...(biosUuid === undefined ? {} : { biosUuid }),
  };
  return idOf(await caller.finish(source, "InstantClone_Task", { spec }));
}

/** `POST /vcenter/vm?action=clone`. Without a folder the copy is where its source is. */
export async function clone(caller: Caller): Promise<string> {
  const body = await caller.body();
  const source = ref("VirtualMachine", body.requiredText("source"));
  const name = body.requiredText("name");
  const powerOn = body.flag("power_on") ?? false;
  const placement = body.object("placement");
  const folder = placement.text("folder") ?? caller.fetch(source, "parent")?.value;
  const location = placed(placement, ["resource_pool", "host", "cluster", "datastore"], caller);
  body.close();
  if (folder === undefined) throw invalid("'placement.folder' is required.");
  const spec = { location, powerOn, template: false };
  return idOf(await caller.finish(source, "CloneVM_Task", { folder: ref("Folder", folder), name, spec }));
}

/** `POST /vcenter/vm/{vm}?action=relocate`. */
export async function relocate(caller: Caller, id: string): Promise<void> {
  const body = await caller.body();
  const spec = placed(body.object("placement"), ["folder", "resource_pool", "host", "cluster", "datastore"], caller);
  body.close();
  await caller.finish(ref("VirtualMachine", id), "RelocateVM_Task", { spec });
}

const members = { folder: "folder", resource_pool: "pool", host: "host", datastore: "datastore" } as const;
const types = { folder: "Folder", resource_pool: "ResourcePool", host: "HostSystem", datastore: "Datastore" } as const;
type Place = keyof typeof members;

/** A place, as vim25 writes it. A cluster means its own pool of resources. */
function placed(placement: Body, known: readonly (Place | "cluster")[], caller?: Caller): Record<string, unknown> {
  const location: Record<string, unknown> = {};
  for (const name of known) {
    const id = placement.text(name);
    if (id === undefined) continue;
    if (name !== "cluster") location[members[name]] = ref(types[name], id);
    else location.pool ??= caller?.fetch(ref("ClusterComputeResource", id), "resourcePool");
  }
  placement.close();
  return location;
}

/** What a clone's network cards are to be instead of its source's. */
function cardChanges(caller: Caller, source: string, body: Body): object[] {
  const disconnect = body.flag("disconnect_all_nics") ?? false;
  const updates = new Map(body.map("nics_to_update"));
  if (!disconnect && updates.size === 0) return [];
  const devices = caller.fetch(ref("VirtualMachine", source), "config")?.hardware.device ?? [];
  const changes: object[] = [];
  for (const card of devices) {
    const update = updates.get(String(card.key));
    updates.delete(String(card.key));
    if (!vim.is(card, "VirtualEthernetCard") || !(update || disconnect)) continue;
    changes.push({ operation: "edit", device: edited(caller, card, update, disconnect) });
  }
  for (const key of updates.keys())
    throw invalid(`'nics_to_update.${key}': the source has no network card of that key.`);
  return changes;
}

function edited(caller: Caller, card: vim.VirtualEthernetCard, update: Body | undefined, disconnect: boolean): object {
  const { connectable } = card;
  const startConnected = update?.flag("start_connected") ?? connectable?.startConnected ?? true;
  const allowGuestControl = update?.flag("allow_guest_control") ?? connectable?.allowGuestControl ?? true;
  const wakeOnLanEnabled = update?.flag("wake_on_lan_enabled");
  const type = update?.text("mac_type");
  const macAddress = update?.text("mac_address");
  const backing = update?.object("backing");
  const network = backing && networkOf(caller, backing);
  backing?.close();
  update?.close();
  if (macAddress !== undefined && type !== undefined && type !== "MANUAL") {
    throw invalid("'mac_address' goes with the 'mac_type' MANUAL only.");
  }
  return {
    ...card,
    ...(network ? { backing: network } : {}),
    ...(wakeOnLanEnabled === undefined ? {} : { wakeOnLanEnabled }),
    ...(macAddress !== undefined
      ? { addressType: "manual", macAddress }
      : type !== undefined
        ? { addressType: type.toLowerCase() }
        : {}),
    connectable: { startConnected, allowGuestControl, connected: !disconnect && (connectable?.connected ?? true) },
  };
}

function networkOf(caller: Caller, backing: Body): object | undefined {
  const type = backing.text("type");
  const id = backing.text("network");
  const port = backing.text("distributed_port");
  if (type === undefined && id === undefined) return undefined;
  if (id === undefined) throw invalid(`'${backing.at("network")}' is required.`);
  if (type === "DISTRIBUTED_PORTGROUP") {
    const { distributedVirtualSwitch } = caller.fetch(ref("DistributedVirtualPortgroup", id), "config");
    const switchUuid = distributedVirtualSwitch && caller.fetch(distributedVirtualSwitch, "uuid");
    return {
      _typeName: "VirtualEthernetCardDistributedVirtualPortBackingInfo",
      port: { portgroupKey: id, switchUuid, ...(port === undefined ? {} : { portKey: port }) },
    };
  }
  if (type !== undefined && type !== "STANDARD_PORTGROUP")
    throw invalid(`'${backing.at("type")}': ${type} is not simulated.`);
  const network = ref("Network", id);
  return { _typeName: "VirtualEthernetCardNetworkBackingInfo", deviceName: caller.fetch(network, "name"), network };
}

function idOf(result: unknown): string {
  if (typeof result === "object" && result !== null && "value" in result) return String(result.value);
  throw new TypeError("The task has left no machine.");
}
