import { fault } from "../../faults.ts";
import { cardNamed, controllerNamed, type Hardware, resource } from "./hardware.ts";
import { bytesIn } from "./units.ts";
import { readXml, type XmlElement } from "./xml-tree.ts";

/** A file that a descriptor refers to. */
interface DescribedFile {
  readonly id: string;
  readonly href: string;
  readonly size: number | undefined;
}

/** A disk that a descriptor speaks of. */
interface DescribedDisk {
  readonly id: string;
  /** In bytes. */
  readonly capacity: number;
  /** Undefined for one that is empty. */
  readonly file: DescribedFile | undefined;
  readonly populated: number | undefined;
}

/** What is read of a descriptor with one machine. */
export interface Described {
  readonly name: string;
  readonly annotation: string;
  readonly guestId: string | undefined;
  readonly version: string | undefined;
  readonly firmware: "bios" | "efi";
  readonly cpus: number;
  readonly memoryMB: number;
  readonly networks: readonly { readonly name: string; readonly description: string }[];
  /** Devices; a disk's own key leads to its content in `disks`. */
  readonly hardware: readonly Hardware[];
  readonly disks: ReadonlyMap<number, DescribedDisk>;
  readonly files: readonly DescribedFile[];
  readonly extraConfig: Readonly<Record<string, string>>;
  /** What was left out. */
  readonly ignored: readonly string[];
}

const missing = (name: string) => fault("OvfMissingElement", { lineNumber: 0, name }, `The descriptor has no ${name}.`);
const wrongValue = (name: string, value: string) =>
  fault(
    "OvfElementInvalidValue",
    { lineNumber: 0, name, value: value.slice(0, 200) },
    `The descriptor has '${value.slice(0, 200)}' as ${name}.`,
  );

/** Reads an OVF descriptor. Throws the fault of the OVF family that says what is wrong in it. */
export async function readDescriptor(text: string): Promise<Described> {
  const envelope = (await readXml(text)).child("Envelope");
  if (!envelope) throw missing("Envelope");
  if (envelope.child("VirtualSystemCollection"))
    throw fault(
      "OvfUnsupportedElement",
      { lineNumber: 0, name: "VirtualSystemCollection" },
      "The package holds several machines: only packages of one machine are imported.",
    );
  const system = envelope.child("VirtualSystem");
  if (!system) throw missing("VirtualSystem");
  const hardware = system.child("VirtualHardwareSection");
  if (!hardware) throw missing("VirtualHardwareSection");
  const files = (envelope.child("References")?.children("File") ?? []).map(fileOf);
  const content = new Map(
    (envelope.child("DiskSection")?.children("Disk") ?? []).map((disk) => {
      const described = diskOf(disk, files);
      return [described.id, described] as const;
    }),
  );
  const items = hardware.children("Item");
  const quantity = (type: number, otherwise: number) => {
    const found = items.find((item) => typeOf(item) === type);
    return found ? number("VirtualQuantity", value(found, "VirtualQuantity"), 1) * unitOf(found, type) : otherwise;
  };
  const ignored: string[] = [];
  const disks = new Map<number, DescribedDisk>();
  const devices = devicesIn(items, content, disks, ignored);
  const networks = (envelope.child("NetworkSection")?.children("Network") ?? []).map((network) => ({
    name: network.attribute("name") ?? "",
    description: value(network, "Description"),
  }));
  const os = system.child("OperatingSystemSection");
  const setting = (key: string) =>
    hardware
      .children("Config")
      .find((one) => one.attribute("key") === key)
      ?.attribute("value");
  return {
    name: value(system, "Name") || (system.attribute("id") ?? ""),
    annotation: system.child("AnnotationSection")?.child("Annotation")?.text ?? "",
    guestId: os?.attribute("osType"),
    version: hardware
      .child("System")
      ?.child("VirtualSystemType")
      ?.text.split(/\s+/)
      .find((one) => /^vmx-\d+$/.test(one)),
    firmware: setting("firmware") === "efi" ? "efi" : "bios",
    cpus: quantity(resource.cpu, 1),
    memoryMB: Math.ceil(quantity(resource.memory, 1024 * 2 ** 20) / 2 ** 20),
    networks,
    hardware: devices,
    disks,
    files,
    extraConfig: Object.fromEntries(
      hardware.children("ExtraConfig").map((one) => [one.attribute("key") ?? "", one.attribute("value") ?? ""]),
    ),
    ignored,
  };
}

const value = (element: XmlElement, name: string): string => (element.child(name)?.text ?? "").trim();
const typeOf = (item: XmlElement): number => Number(value(item, "ResourceType"));

function number(name: string, text: string, least: number): number {
  const found = Number(text);
  if (text !== "" && Number.isSafeInteger(found) && found >= least) return found;
  throw wrongValue(name, text);
}

function unitOf(item: XmlElement, type: number): number {
  if (type !== resource.memory) return 1;
  const units = value(item, "AllocationUnits") || "byte * 2^20";
  const bytes = bytesIn(units);
  if (bytes === undefined) throw wrongValue("AllocationUnits", units);
  return bytes;
}

function fileOf(element: XmlElement): DescribedFile {
  const id = element.attribute("id");
  const href = element.attribute("href");
  if (!id || !href) throw missing("File with ovf:id and ovf:href");
  if (element.attribute("compression") || element.attribute("chunkSize"))
    throw fault(
      "OvfUnsupportedAttribute",
      { lineNumber: 0, elementName: "File", attributeName: "compression" },
      `The file '${href}' is compressed or in chunks: only whole streamOptimized disks are imported.`,
    );
  const size = element.attribute("size");
  return { id, href, size: size === undefined ? undefined : number("ovf:size", size, 0) };
}

function diskOf(element: XmlElement, files: readonly DescribedFile[]): DescribedDisk {
  const id = element.attribute("diskId");
  if (!id) throw missing("Disk with ovf:diskId");
  if (element.attribute("parentRef"))
    throw fault(
      "OvfUnsupportedAttribute",
      { lineNumber: 0, elementName: "Disk", attributeName: "parentRef" },
      `The disk '${id}' has a parent: only disks that stand for themselves are imported.`,
    );
  const units = element.attribute("capacityAllocationUnits") ?? "byte";
  const bytes = bytesIn(units);
  if (bytes === undefined) throw wrongValue("ovf:capacityAllocationUnits", units);
  const text = element.attribute("capacity") ?? "";
  const capacity = number("ovf:capacity", text, 1) * bytes;
  if (!Number.isSafeInteger(capacity)) throw wrongValue("ovf:capacity", text);
  const ref = element.attribute("fileRef");
  const file = files.find((one) => one.id === ref);
  if (ref && !file) throw wrongValue("ovf:fileRef", ref);
  const populated = element.attribute("populatedSize");
  return {
    id,
    capacity,
    file,
    populated: populated === undefined ? undefined : number("ovf:populatedSize", populated, 0),
  };
}

function devicesIn(
  items: readonly XmlElement[],
  content: ReadonlyMap<string, DescribedDisk>,
  disks: Map<number, DescribedDisk>,
  ignored: string[],
): Hardware[] {
  const found: Hardware[] = [];
  const keys = new Set<number>();
  for (const item of items) {
    const type = typeOf(item);
    const key = number("InstanceID", value(item, "InstanceID"), 0);
    if (keys.has(key)) throw wrongValue("InstanceID, which another item has too,", String(key));
    keys.add(key);
    if (type === resource.cpu || type === resource.memory) continue;
    const subtype = value(item, "ResourceSubType");
    const controller = controllerNamed(type, subtype);
    const place = () => ({
      key,
      controller: number("Parent", value(item, "Parent"), 0),
      unit: number("AddressOnParent", value(item, "AddressOnParent") || "0", 0),
    });
    if (controller) found.push({ kind: "controller", key, type: controller, bus: Number(value(item, "Address")) || 0 });
    else if (type === resource.network)
      found.push({ kind: "card", key, type: cardNamed(subtype), network: value(item, "Connection") });
    else if (type === resource.disk) {
      const ref = /\/disk\/(.+)$/.exec(value(item, "HostResource"))?.[1];
      const disk = ref === undefined ? undefined : content.get(ref);
      if (!disk) throw wrongValue("HostResource of a disk", value(item, "HostResource"));
      disks.set(key, disk);
      found.push({ kind: "disk", ...place() });
    } else if (type === resource.cdrom) found.push({ kind: "cdrom", ...place() });
    else ignored.push(value(item, "ElementName") || `an item of the type ${type}`);
  }
  for (const device of found)
    if ((device.kind === "disk" || device.kind === "cdrom") && !keys.has(device.controller))
      throw wrongValue("Parent", String(device.controller));
  return found;
}
