import { enumType } from "../../vim/schema.ts";
import { invalidArgument } from "../faults.ts";

/** What vCenter calls the systems that are asked for most; others are shown by a name made of their id. */
const names: Readonly<Record<string, string>> = {
  ubuntu64Guest: "Ubuntu Linux (64-bit)",
  debian10_64Guest: "Debian GNU/Linux 10 (64-bit)",
  debian11_64Guest: "Debian GNU/Linux 11 (64-bit)",
  debian12_64Guest: "Debian GNU/Linux 12 (64-bit)",
  centos7_64Guest: "CentOS 7 (64-bit)",
  centos8_64Guest: "CentOS 8 (64-bit)",
  rhel7_64Guest: "Red Hat Enterprise Linux 7 (64-bit)",
  rhel8_64Guest: "Red Hat Enterprise Linux 8 (64-bit)",
  rhel9_64Guest: "Red Hat Enterprise Linux 9 (64-bit)",
  sles15_64Guest: "SUSE Linux Enterprise 15 (64-bit)",
  vmwarePhoton64Guest: "VMware Photon OS (64-bit)",
  vmkernel65Guest: "VMware ESXi 6.5 or later",
  vmkernel7Guest: "VMware ESXi 7.0 or later",
  vmkernel8Guest: "VMware ESXi 8.0 or later",
  windows9_64Guest: "Microsoft Windows 10 (64-bit)",
  windows11_64Guest: "Microsoft Windows 11 (64-bit)",
  windows9Server64Guest: "Microsoft Windows Server 2016 (64-bit)",
  windows2019srv_64Guest: "Microsoft Windows Server 2019 (64-bit)",
  windows2019srvNext_64Guest: "Microsoft Windows Server 2022 (64-bit)",
  windows2022srvNext_64Guest: "Microsoft Windows Server 2025 (64-bit)",
  otherLinux64Guest: "Other Linux (64-bit)",
  other5xLinux64Guest: "Other 5.x or later Linux (64-bit)",
  other6xLinux64Guest: "Other 6.x or later Linux (64-bit)",
  otherGuest: "Other (32-bit)",
  otherGuest64: "Other (64-bit)",
};

/** Ids and names of the systems that clients are offered. */
export const knownGuests: readonly (readonly [string, string])[] = Object.entries(names);

/** The name of a guest system by its id. Throws InvalidArgument for an id that vSphere does not have. */
export function guestFullName(guestId: string, path: string): string {
  const name = names[guestId];
  if (name !== undefined) return name;
  if (!enumType("VirtualMachineGuestOsIdentifier")?.values.includes(guestId))
    throw invalidArgument(
      path,
      `'${guestId.slice(0, 80)}' is not a guest system that vSphere knows, such as ubuntu64Guest.`,
    );
  const bits = /64/.test(guestId) ? " (64-bit)" : "";
  const words = guestId.replace(/_?64_?/, "").replace(/Guest$/, "");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${bits}`;
}
