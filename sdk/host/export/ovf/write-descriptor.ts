import { cardName, controllerNames, type Hardware, resource } from "./hardware.ts";
import { document, node, type XmlNode } from "./xml-text.ts";

/** A file of a package that a descriptor refers to. */
export interface PackageFile {
  /** The device whose content it is. */
  readonly device: number;
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** Of the disk, in bytes. */
  readonly capacity: number;
  readonly populated: number | undefined;
}

/** What a descriptor says of a machine. */
export interface PackageMachine {
  readonly name: string;
  readonly annotation: string;
  /** vSphere's own: `ubuntu64Guest`. */
  readonly guestId: string;
  readonly guestName: string;
  readonly version: string;
  readonly firmware: "bios" | "efi";
  readonly cpus: number;
  readonly memoryMB: number;
  readonly hardware: readonly Hardware[];
  readonly extraConfig: Readonly<Record<string, string>>;
  readonly files: readonly PackageFile[];
}

const streamOptimized = "http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized";
const namespaces = {
  xmlns: "http://schemas.dmtf.org/ovf/envelope/1",
  "xmlns:cim": "http://schemas.dmtf.org/wbem/wscim/1/common",
  "xmlns:ovf": "http://schemas.dmtf.org/ovf/envelope/1",
  "xmlns:rasd": "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData",
  "xmlns:vmw": "http://www.vmware.com/schema/ovf",
  "xmlns:vssd": "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData",
  "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
};

/** Numbers of the CIM standard for systems; vSphere reads its own name beside it. */
const cimSystem = (guestId: string): number =>
  guestId === "ubuntu64Guest" ? 94 : /linux64/i.test(guestId) ? 101 : /^windows/i.test(guestId) ? 103 : 102;

/** Writes the descriptor of a package with one machine, as DSP0243 has it and vCenter writes it. */
export function writeDescriptor(machine: PackageMachine): string {
  const networks = [...new Set(machine.hardware.flatMap((item) => (item.kind === "card" ? [item.network] : [])))];
  const files = machine.files.map(({ path, size }, n) =>
    node("File", { "ovf:href": path, "ovf:id": `file${n + 1}`, "ovf:size": size }),
  );
  const disks = machine.files.map(({ capacity, populated }, n) =>
    node("Disk", {
      "ovf:capacity": capacity,
      "ovf:capacityAllocationUnits": "byte",
      "ovf:diskId": `vmdisk${n + 1}`,
      "ovf:fileRef": `file${n + 1}`,
      "ovf:format": streamOptimized,
      ...(populated === undefined ? {} : { "ovf:populatedSize": populated }),
    }),
  );
  return document(
    node("Envelope", namespaces, [
      node("References", {}, files),
      node("DiskSection", {}, [node("Info", {}, "Virtual disk information"), ...disks]),
      node("NetworkSection", {}, [
        node("Info", {}, "The list of logical networks"),
        ...networks.map((name) =>
          node("Network", { "ovf:name": name }, [node("Description", {}, `The ${name} network`)]),
        ),
      ]),
      system(machine),
    ]),
  );
}

function system(machine: PackageMachine): XmlNode {
  const { name, guestId, guestName, annotation, version, firmware, extraConfig } = machine;
  return node("VirtualSystem", { "ovf:id": name }, [
    node("Info", {}, "A virtual machine"),
    node("Name", {}, name),
    node("OperatingSystemSection", { "ovf:id": cimSystem(guestId), "vmw:osType": guestId }, [
      node("Info", {}, "The kind of installed guest operating system"),
      node("Description", {}, guestName),
    ]),
    node("VirtualHardwareSection", {}, [
      node("Info", {}, "Virtual hardware requirements"),
      node("System", {}, [
        node("vssd:ElementName", {}, "Virtual Hardware Family"),
        node("vssd:InstanceID", {}, 0),
        node("vssd:VirtualSystemIdentifier", {}, name),
        node("vssd:VirtualSystemType", {}, version),
      ]),
      ...items(machine),
      node("vmw:Config", { "ovf:required": "false", "vmw:key": "firmware", "vmw:value": firmware }),
      ...Object.entries(extraConfig).map(([key, value]) =>
        node("vmw:ExtraConfig", { "ovf:required": "false", "vmw:key": key, "vmw:value": value }),
      ),
    ]),
    annotation === ""
      ? undefined
      : node("AnnotationSection", { "ovf:required": "false" }, [
          node("Info", {}, "A human-readable annotation"),
          node("Annotation", {}, annotation),
        ]),
  ]);
}

/** An item: its elements are in alphabetical order, as the schema wants them. */
function item(values: Readonly<Record<string, string | number | undefined>>): XmlNode {
  const named = Object.entries(values).filter((pair): pair is [string, string | number] => pair[1] !== undefined);
  named.sort(([a], [b]) => (a < b ? -1 : 1));
  return node(
    "Item",
    {},
    named.map(([name, value]) => node(`rasd:${name}`, {}, value)),
  );
}

/** Processors and memory are the items 1 and 2; devices follow under numbers of their own. */
function items({ cpus, memoryMB, hardware, files }: PackageMachine): XmlNode[] {
  const numbers = new Map(hardware.map(({ key }, n) => [key, n + 3]));
  const counts = new Map<string, number>();
  const labelled = (label: string) => {
    counts.set(label, (counts.get(label) ?? 0) + 1);
    return `${label} ${counts.get(label)}`;
  };
  return [
    item({
      AllocationUnits: "hertz * 10^6",
      Description: "Number of Virtual CPUs",
      ElementName: `${cpus} virtual CPU(s)`,
      InstanceID: 1,
      ResourceType: resource.cpu,
      VirtualQuantity: cpus,
    }),
    item({
      AllocationUnits: "byte * 2^20",
      Description: "Memory Size",
      ElementName: `${memoryMB}MB of memory`,
      InstanceID: 2,
      ResourceType: resource.memory,
      VirtualQuantity: memoryMB,
    }),
    ...hardware.map((one) => {
      const InstanceID = numbers.get(one.key);
      if (one.kind === "controller") {
        const { number, subtype, label } = controllerNames(one.type);
        return item({
          Address: one.bus,
          Description: label,
          ElementName: `${label} ${one.bus}`,
          InstanceID,
          ResourceSubType: subtype === "" ? undefined : subtype,
          ResourceType: number,
        });
      }
      if (one.kind === "card")
        return item({
          AutomaticAllocation: "true",
          Connection: one.network,
          Description: `${cardName(one.type)} ethernet adapter on "${one.network}"`,
          ElementName: labelled("Network adapter"),
          InstanceID,
          ResourceSubType: cardName(one.type),
          ResourceType: resource.network,
        });
      const place = { AddressOnParent: one.unit, InstanceID, Parent: numbers.get(one.controller) };
      if (one.kind === "cdrom")
        return item({
          ...place,
          AutomaticAllocation: "false",
          ElementName: labelled("CD/DVD drive"),
          ResourceType: resource.cdrom,
        });
      const file = files.findIndex(({ device }) => device === one.key);
      return item({
        ...place,
        ElementName: labelled("Hard disk"),
        HostResource: file < 0 ? undefined : `ovf:/disk/vmdisk${file + 1}`,
        ResourceType: resource.disk,
      });
    }),
  ];
}
