import type { vim } from "../../../vim/index.ts";
import { devicesOf, isCard, isDisk, networkOf } from "../../machine/devices.ts";
import { extraConfigOf } from "../../machine/extra-config.ts";
import { machineUuid } from "../../machine/uuid.ts";
import { isPortBacking, portOf } from "../../network/ports.ts";
import { macOf } from "../../random.ts";
import type { MachineRecord } from "../../state/machine-record.ts";
import type { View } from "../../state/view.ts";
import { homePath } from "../../storage/home.ts";
import { baseNameOf, directoryOf } from "../../storage/path.ts";
import { vmfsUuid } from "../../storage/volume.ts";

/** What the text of a machine's configuration follows from. */
export type Texts = Pick<View, "seed" | "object">;

/** `|22` for a quote, as VMware writes what its syntax would stumble over. */
const quoted = (value: string) =>
  value.replace(/[|"\u0000-\u001f]/g, (c) => `|${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`);

/** A UUID as configuration files write it: `56 4d 8b 01 4a d2 bd f5-0a 4c ...`. */
const spaced = (uuid: string) => {
  const pairs = uuid.replace(/-/g, "").match(/../g) ?? [];
  return `${pairs.slice(0, 8).join(" ")}-${pairs.slice(8).join(" ")}`;
};

/** The keys and values of a machine's configuration file, in its order. */
export function vmxPairs(view: Texts, machine: MachineRecord): (readonly [key: string, value: string])[] {
  const { base } = machine;
  const pairs: (readonly [string, string])[] = [
    [".encoding", "UTF-8"],
    ["config.version", "8"],
    ["virtualHW.version", base.version.replace(/^vmx-0*/, "")],
    ["displayName", machine.name],
    ["guestOS", base.guestId.replace(/Guest$/, "").toLowerCase()],
    ["firmware", base.firmware],
    ["numvcpus", String(base.numCPU)],
    ["cpuid.coresPerSocket", String(base.coresPerSocket)],
    ["memSize", String(base.memoryMB)],
    ["nvram", baseNameOf(homePath(machine, ".nvram"))],
    ["extendedConfigFile", baseNameOf(homePath(machine, ".vmxf"))],
    ["uuid.bios", spaced(machineUuid(view.seed, machine, "bios"))],
    ["vc.uuid", spaced(machineUuid(view.seed, machine, "instance"))],
  ];
  if (base.annotation !== "") pairs.push(["annotation", base.annotation]);
  for (const device of devicesOf(machine)) pairs.push(...devicePairs(view, machine, device));
  for (const pair of Object.entries(extraConfigOf(machine))) pairs.push(pair);
  return pairs;
}

/** A machine's configuration file. */
export const vmxText = (view: Texts, machine: MachineRecord): string =>
  vmxPairs(view, machine)
    .map(([key, value]) => `${key} = "${quoted(value)}"\n`)
    .join("");

const controllers: Readonly<Record<string, readonly [prefix: string, device: string]>> = {
  ParaVirtualSCSIController: ["scsi", "pvscsi"],
  VirtualLsiLogicController: ["scsi", "lsilogic"],
  VirtualLsiLogicSASController: ["scsi", "lsisas1068"],
  VirtualBusLogicController: ["scsi", "buslogic"],
  VirtualAHCIController: ["sata", "ahci"],
  VirtualNVMEController: ["nvme", "nvme"],
  VirtualIDEController: ["ide", "ide"],
};

const cards: Readonly<Record<string, string>> = {
  VirtualVmxnet3: "vmxnet3",
  VirtualE1000: "e1000",
  VirtualE1000e: "e1000e",
};

function devicePairs(view: Texts, machine: MachineRecord, device: vim.VirtualDevice): [string, string][] {
  const controller = controllers[device._typeName ?? ""];
  if (controller && "busNumber" in device && controller[0] !== "ide") {
    const at = `${controller[0]}${String(device.busNumber)}`;
    return [
      [`${at}.present`, "TRUE"],
      [`${at}.virtualDev`, controller[1]],
    ];
  }
  if (isCard(device)) return cardPairs(view, machine, device);
  const at = placeOf(machine, device);
  if (isDisk(device) && at) return diskPairs(view, machine, device, at);
  if (device._typeName === "VirtualCdrom" && at) {
    const { backing } = device;
    const iso =
      backing?._typeName === "VirtualCdromIsoBackingInfo" && "fileName" in backing ? String(backing.fileName) : "";
    return [
      [`${at}.present`, "TRUE"],
      [`${at}.deviceType`, iso === "" ? "atapi-cdrom" : "cdrom-image"],
      [`${at}.fileName`, iso === "" ? "emptyBackingString" : iso],
    ];
  }
  return [];
}

/** `scsi0:1`: the place of a device on its controller. */
function placeOf(machine: MachineRecord, { controllerKey, unitNumber }: vim.VirtualDevice): string | undefined {
  const on = devicesOf(machine).find(({ key }) => key === controllerKey);
  const prefix = controllers[on?._typeName ?? ""]?.[0];
  return on && prefix && "busNumber" in on ? `${prefix}${String(on.busNumber)}:${unitNumber ?? 0}` : undefined;
}

function diskPairs(view: Texts, machine: MachineRecord, device: vim.VirtualDisk, at: string): [string, string][] {
  const layer = machine.disks.find(({ key }) => key === device.key)?.layer;
  if (!layer) return [];
  const near = layer.datastore === machine.datastore && directoryOf(layer.path) === machine.directory;
  const file = near ? baseNameOf(layer.path) : `/vmfs/volumes/${vmfsUuid(view.seed, layer.datastore)}/${layer.path}`;
  const mode = device.backing && "diskMode" in device.backing ? device.backing.diskMode : "persistent";
  return [
    [`${at}.present`, "TRUE"],
    [`${at}.deviceType`, "scsi-hardDisk"],
    [`${at}.fileName`, file],
    ...(mode === "persistent" ? [] : [[`${at}.mode`, mode.replaceAll("_", "-")] satisfies [string, string]]),
  ];
}

function networkPairs(
  view: Texts,
  machine: MachineRecord,
  card: vim.VirtualEthernetCard,
  at: string,
): [string, string][] {
  const { backing, key } = card;
  if (!isPortBacking(backing)) return [[`${at}.networkName`, view.object(networkOf(card))?.name ?? ""]];
  const on = portOf(view, machine.id, key, networkOf(card));
  return [
    [`${at}.dvs.switchId`, backing.port.switchUuid],
    [`${at}.dvs.portId`, on ? String(on.key) : ""],
    [`${at}.dvs.portgroupId`, backing.port.portgroupKey ?? ""],
    [`${at}.dvs.connectionId`, String(on?.use.cookie ?? 0)],
  ];
}

function cardPairs(view: Texts, machine: MachineRecord, card: vim.VirtualEthernetCard): [string, string][] {
  const at = `ethernet${card.key - 4000}`;
  const { macAddress } = card;
  return [
    [`${at}.present`, "TRUE"],
    [`${at}.virtualDev`, cards[card._typeName ?? ""] ?? "e1000"],
    ...networkPairs(view, machine, card, at),
    [`${at}.addressType`, macAddress === undefined ? "vpx" : "static"],
    [
      macAddress === undefined ? `${at}.generatedAddress` : `${at}.address`,
      macAddress ?? macOf(machine.id, card.key - 4000),
    ],
  ];
}
