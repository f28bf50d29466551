import type { Role } from "../state/state.ts";
import { privileges } from "./privilege-ids.ts";

/** Privileges on trusted hosts, which two roles are told apart by. */
const trusted = privileges.filter((id) => id.startsWith("TrustedAdmin.") || id.startsWith("Host.Tpm."));

const crypto = new Set([
  ...trusted,
  ...privileges.filter((id) => id.startsWith("Cryptographer.")),
  "Global.Diagnostics",
  "Host.Inventory.AddHostToCluster",
  "Host.Inventory.AddStandaloneHost",
  "Host.Local.ManageUserGroups",
  "VirtualMachine.Interact.GuestControl",
]);

const role = (id: number, name: string, held: Iterable<string>): Role =>
  Object.freeze({ id, name, system: true, privileges: new Set(held) });

export const adminRole = -1;

/** The roles that every vCenter has and nobody can change. */
export const systemRoles: readonly Role[] = Object.freeze([
  role(adminRole, "Admin", privileges),
  role(-2, "ReadOnly", ["System.Anonymous", "System.Read", "System.View"]),
  role(-3, "View", ["System.Anonymous", "System.View"]),
  role(-4, "Anonymous", ["System.Anonymous"]),
  role(-5, "NoAccess", []),
  role(
    -6,
    "NoCryptoAdmin",
    privileges.filter((id) => !crypto.has(id)),
  ),
  role(-7, "TrustedAdmin", ["System.Anonymous", "System.Read", "System.View", ...trusted]),
  role(
    -8,
    "NoTrustedAdmin",
    privileges.filter((id) => !trusted.includes(id)),
  ),
]);
