import type { Value } from "../../language/index.ts";
import { kind } from "../kind.ts";
import { loadOne } from "../load.ts";
import { enumeration, idOf, text } from "../values.ts";
import type { Kind } from "../vi-object.ts";
import { vimValue } from "../vim-value.ts";

const paths = [
  "guest.guestState",
  "guest.hostName",
  "guest.ipAddress",
  "guest.net",
  "guest.disk",
  "guest.guestFullName",
  "guest.guestFamily",
  "guest.guestId",
  "guest.toolsVersion",
  "guest.toolsRunningStatus",
  "config.guestFullName",
] as const;

/** All addresses of all cards; where the cards say nothing, the one that the guest is known by. */
function addresses(values: Readonly<Record<string, unknown>>): Value {
  const cards = Array.isArray(values["guest.net"]) ? values["guest.net"] : [];
  const found = cards.flatMap(({ ipAddress }: { readonly ipAddress?: readonly string[] }) => ipAddress ?? []);
  const one = text(values["guest.ipAddress"]);
  return found.length > 0 || one === null ? found : [one];
}

/** What `Get-VMGuest` puts out: what the guest shows of itself through VMware Tools. */
export const vmGuest: Kind<"VirtualMachine"> = kind("VirtualMachine", "VMGuest", paths, {
  State: (values) => enumeration(values["guest.guestState"]),
  IPAddress: addresses,
  // A guest that does not run is known by what its machine was made for.
  OSFullName: (values) => text(values["guest.guestFullName"]) ?? text(values["config.guestFullName"]),
  HostName: (values) => text(values["guest.hostName"]),
  GuestFamily: (values) => text(values["guest.guestFamily"]),
  GuestId: (values) => text(values["guest.guestId"]),
  ToolsVersion: (values) => text(values["guest.toolsVersion"]),
  ToolsRunningStatus: (values) => text(values["guest.toolsRunningStatus"]),
  Nics: (values) => vimValue(values["guest.net"] ?? []),
  Disks: (values) => vimValue(values["guest.disk"] ?? []),
  VM: async (_values, guest) =>
    loadOne(guest, (await import("./virtual-machine.ts")).virtualMachine, { ...guest.ref, type: "VirtualMachine" }),
  VmId: (_values, guest) => idOf(guest.ref),
});
