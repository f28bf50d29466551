import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDescriptor } from "../../../../sdk/host/export/ovf/read-descriptor.ts";
import { bytesIn } from "../../../../sdk/host/export/ovf/units.ts";
import { type PackageMachine, writeDescriptor } from "../../../../sdk/host/export/ovf/write-descriptor.ts";
import { HostFault } from "../../../../sdk/host/faults.ts";

/** As other programs write it: other prefixes, units, comments, items that are not known here. */
const foreign = `<?xml version="1.0"?>
<!-- made elsewhere -->
<o:Envelope xmlns:o="http://schemas.dmtf.org/ovf/envelope/1"
  xmlns:r="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData"
  xmlns:v="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData">
  <o:References><o:File o:href="a.vmdk" o:id="f1" o:size="1000"/></o:References>
  <o:DiskSection><o:Info>disks</o:Info>
    <o:Disk o:capacity="16" o:capacityAllocationUnits="byte * 2^30" o:diskId="d1" o:fileRef="f1"/>
    <o:Disk o:capacity="2048" o:capacityAllocationUnits="MegaBytes" o:diskId="d2"/>
  </o:DiskSection>
  <o:NetworkSection><o:Info/><o:Network o:name="bridged"><o:Description>the wire</o:Description></o:Network></o:NetworkSection>
  <o:VirtualSystem o:id="fallback">
    <o:Info>machine</o:Info>
    <o:OperatingSystemSection o:id="96"><o:Info/></o:OperatingSystemSection>
    <o:VirtualHardwareSection>
      <o:System><v:VirtualSystemType>vmx-13 vmx-15</v:VirtualSystemType></o:System>
      <o:Item><r:InstanceID>1</r:InstanceID><r:ResourceType>3</r:ResourceType><r:VirtualQuantity>2</r:VirtualQuantity></o:Item>
      <o:Item><r:AllocationUnits>byte * 2^30</r:AllocationUnits><r:InstanceID>2</r:InstanceID><r:ResourceType>4</r:ResourceType><r:VirtualQuantity>4</r:VirtualQuantity></o:Item>
      <o:Item><r:Address>0</r:Address><r:InstanceID>3</r:InstanceID><r:ResourceSubType>VirtualSCSI</r:ResourceSubType><r:ResourceType>6</r:ResourceType></o:Item>
      <o:Item><r:AddressOnParent>0</r:AddressOnParent><r:HostResource>ovf:/disk/d1</r:HostResource><r:InstanceID>4</r:InstanceID><r:Parent>3</r:Parent><r:ResourceType>17</r:ResourceType></o:Item>
      <o:Item><r:AddressOnParent>1</r:AddressOnParent><r:HostResource>/disk/d2</r:HostResource><r:InstanceID>5</r:InstanceID><r:Parent>3</r:Parent><r:ResourceType>17</r:ResourceType></o:Item>
      <o:Item><r:Connection>bridged</r:Connection><r:InstanceID>6</r:InstanceID><r:ResourceSubType>PCNet32 E1000</r:ResourceSubType><r:ResourceType>10</r:ResourceType></o:Item>
      <o:Item><r:ElementName>USB Controller</r:ElementName><r:InstanceID>7</r:InstanceID><r:ResourceType>23</r:ResourceType></o:Item>
    </o:VirtualHardwareSection>
  </o:VirtualSystem>
</o:Envelope>`;

const text = fc.string({ unit: "binary", maxLength: 30 }).map((value) => value.trim());
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/gu;

const machines = fc.record({
  name: text.map((value) => `m${value.replace(unwritable, "").replace(/\s+/g, " ")}`.trim()),
  annotation: text.map((value) => value.replace(unwritable, "").replace(/\r\n?/g, "\n")),
  cpus: fc.integer({ min: 1, max: 64 }),
  memoryMB: fc.integer({ min: 4, max: 1_000_000 }),
  firmware: fc.constantFrom("bios" as const, "efi" as const),
  capacity: fc.integer({ min: 1, max: 2 ** 31 }).map((sectors) => sectors * 512),
});

const packed = (one: typeof machines extends fc.Arbitrary<infer T> ? T : never): PackageMachine => ({
  name: one.name,
  annotation: one.annotation,
  guestId: "ubuntu64Guest",
  guestName: "Ubuntu",
  version: "vmx-21",
  firmware: one.firmware,
  cpus: one.cpus,
  memoryMB: one.memoryMB,
  hardware: [
    { kind: "controller", key: 1000, type: "ParaVirtualSCSIController", bus: 0 },
    { kind: "disk", key: 2000, controller: 1000, unit: 0 },
    { kind: "card", key: 4000, type: "VirtualVmxnet3", network: "VM Network" },
  ],
  extraConfig: { "guestinfo.a": one.annotation.replace(/[\n\t]/g, " ").trim() },
  files: [{ device: 2000, path: "d.vmdk", size: 1000, capacity: one.capacity, populated: 512 }],
});

describe("a descriptor", () => {
  it("says the same when it is read as when it was written", async () => {
    await fc.assert(
      fc.asyncProperty(machines, async (one) => {
        const machine = packed(one);
        const read = await readDescriptor(writeDescriptor(machine));
        const { name, annotation, guestId, version, firmware, cpus, memoryMB, extraConfig } = machine;
        expect(read).toMatchObject({ name, annotation, guestId, version, firmware, cpus, memoryMB, extraConfig });
        expect(read.hardware.map(({ kind }) => kind)).toEqual(["controller", "disk", "card"]);
        expect([...read.disks.values()]).toMatchObject([
          { capacity: one.capacity, file: { href: "d.vmdk", size: 1000 } },
        ]);
        expect(read.ignored).toEqual([]);
      }),
    );
  });

  it("of another program is understood, and what is left out is named", async () => {
    const read = await readDescriptor(foreign);
    expect(read).toMatchObject({ name: "fallback", cpus: 2, memoryMB: 4096, version: "vmx-13", firmware: "bios" });
    expect(read.networks).toEqual([{ name: "bridged", description: "the wire" }]);
    expect(read.hardware).toEqual([
      { kind: "controller", key: 3, type: "ParaVirtualSCSIController", bus: 0 },
      { kind: "disk", key: 4, controller: 3, unit: 0 },
      { kind: "disk", key: 5, controller: 3, unit: 1 },
      { kind: "card", key: 6, type: "VirtualPCNet32", network: "bridged" },
    ]);
    expect([...read.disks.values()].map(({ capacity, file }) => [capacity, file?.href])).toEqual([
      [16 * 2 ** 30, "a.vmdk"],
      [2 * 2 ** 30, undefined],
    ]);
    expect(read.ignored).toEqual(["USB Controller"]);
  });

  it("that was changed at random is read or refused with a fault", async () => {
    const whole = writeDescriptor(
      packed({ name: "m", annotation: "a & b", cpus: 1, memoryMB: 4, firmware: "efi", capacity: 512 }),
    );
    const change = fc.tuple(
      fc.nat(whole.length - 1),
      fc.nat(12),
      fc.constantFrom("", "<", ">", '"', "&", "-1", "1e99", "]]>", "\0"),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        let spoilt = whole;
        for (const [at, length, by] of changes) spoilt = spoilt.slice(0, at) + by + spoilt.slice(at + length);
        try {
          const read = await readDescriptor(spoilt);
          for (const { capacity } of read.disks.values()) expect(Number.isSafeInteger(capacity)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(HostFault);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("with a billion laughs is refused before it is read", async () => {
    const laughs = '<!DOCTYPE z [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><Envelope>&b;</Envelope>';
    await expect(readDescriptor(laughs)).rejects.toMatchObject({ name: "OvfXmlFormat" });
    const deep = "<a>".repeat(200_000);
    await expect(readDescriptor(deep)).rejects.toBeInstanceOf(HostFault);
  });
});

describe("units", () => {
  it.each([
    ["byte", 1],
    ["byte * 2^30", 2 ** 30],
    ["byte*2^20", 2 ** 20],
    ["byte * 10^9", 1e9],
    ["byte * 1024", 1024],
    ["GigaBytes", 2 ** 30],
    ["furlong", undefined],
  ])("%s", (units, bytes) => {
    expect(bytesIn(units)).toBe(bytes);
  });
});
