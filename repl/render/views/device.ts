import { column, table, type View } from "./view.ts";

/** Storage, disks and networks. */
export const deviceViews: Readonly<Record<string, View>> = {
  Datastore: table(
    column("Name", { width: 30 }),
    column("FreeSpaceGB", { width: 15, align: "right", format: "N3" }),
    column("CapacityGB", { width: 15, align: "right", format: "N3" }),
  ),
  HardDisk: table(
    column("CapacityGB", { width: 15, align: "left", format: "N3" }),
    column("Persistence"),
    column("Filename", { align: "right" }),
  ),
  CDDrive: table(column("IsoPath", { width: 20 }), column("HostDevice"), column("RemoteDevice")),
  NetworkAdapter: table(
    column("Name", { width: 20 }),
    column("Type", { width: 10 }),
    column("NetworkName", { width: 12 }),
    column("MacAddress", { width: 18 }),
    column("WakeOnLanEnabled", { label: "WakeOnLan\nEnabled" }),
  ),
  VirtualSwitch: table(
    column("Name", { width: 30 }),
    column("NumPorts", { width: 10, align: "left" }),
    column("Mtu", { width: 5, align: "left" }),
    column("Notes"),
  ),
  VirtualPortGroup: table(
    column("Name", { width: 25 }),
    column("Key", { width: 30 }),
    column("VLanId", { width: 6, align: "left" }),
    column("PortBinding", { width: 11 }),
    column("NumPorts", { align: "left" }),
  ),
  VDSwitch: table(
    column("Name", { width: 30 }),
    column("NumPorts", { width: 10, align: "left" }),
    column("Mtu", { width: 10, align: "left" }),
    column("Version", { width: 8 }),
    column("Vendor"),
  ),
  VDPortgroup: table(
    column("Name", { width: 30 }),
    column("NumPorts", { width: 8, align: "left" }),
    column("PortBinding"),
  ),
  VMHostNetworkAdapter: table(
    column("Name", { width: 10 }),
    column("Mac", { width: 17 }),
    column("DhcpEnabled", { width: 11 }),
    column("IP", { width: 15 }),
    column("SubnetMask", { width: 15 }),
    column("DeviceName", { align: "right" }),
  ),
  VMHostNetworkInfo: table(
    column("HostName"),
    column("DomainName"),
    column("DnsFromDhcp"),
    column("ConsoleGateway"),
    column("ConsoleGatewayDevice"),
    column("DnsAddress"),
  ),
  VirtualNetwork: table(column("Name", { width: 50 }), column("NetworkType")),
};
