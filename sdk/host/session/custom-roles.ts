import { fault, invalidArgument } from "../faults.ts";
import type { Draft } from "../state/draft.ts";
import type { Role } from "../state/state.ts";
import type { View } from "../state/view.ts";
import { privileges } from "./privilege-ids.ts";

const known: ReadonlySet<string> = new Set(privileges);

/** Privileges that no role can be without. */
const always = ["System.Anonymous", "System.View", "System.Read"];

/** The role with a number. Throws NotFound. */
export function roleOf(view: View, id: number): Role {
  const role = view.roles.find((one) => one.id === id);
  if (role) return role;
  throw fault("NotFound", {}, `There is no role with the id ${id}.`);
}

/** A role that may be changed: throws NotFound, or InvalidArgument for those that every vCenter has. */
export function customRole(view: View, id: number): Role {
  const role = roleOf(view, id);
  if (!role.system) return role;
  throw invalidArgument("roleId", `The role '${role.name}' is a system role and cannot be changed.`);
}

/** Puts a role, in the place of the one with its number or as a new one. */
export function putRole(tx: Draft, id: number, name: string, held: readonly string[]): void {
  if (name.trim() === "") throw fault("InvalidName", { name }, "A role needs a name.");
  if (tx.roles.some((other) => other.name === name && other.id !== id)) {
    throw fault("AlreadyExists", { name }, `A role named '${name.slice(0, 200)}' already exists.`);
  }
  held.forEach((privilege, i) => {
    if (!known.has(privilege)) {
      throw invalidArgument(`privIds[${i}]`, `There is no privilege '${privilege.slice(0, 200)}'.`);
    }
  });
  const role: Role = Object.freeze({ id, name, system: false, privileges: new Set([...always, ...held]) });
  const others = tx.roles.filter((other) => other.id !== id);
  tx.roles = Object.freeze([...others, role].sort((a, b) => order(a) - order(b)));
}

/** System roles first, by their numbers from -1 down; then the others from the oldest on. */
const order = (role: Role) => (role.id < 0 ? -1e6 - role.id : role.id);

export function dropRole(tx: Draft, id: number): void {
  tx.roles = Object.freeze(tx.roles.filter((role) => role.id !== id));
}
