import type { vim } from "../../vim/index.ts";
import type { Call, Handlers } from "../call.ts";
import { fault, invalidArgument } from "../faults.ts";
import { customRole, dropRole, putRole, roleOf } from "../session/custom-roles.ts";
import {
  everyPermission,
  permissionFor,
  permissionsOn,
  permitting,
  putPermissions,
  samePrincipal,
} from "../session/permissions.ts";
import { hasPrivilege } from "../session/privileges.ts";
import { principalKey } from "../session/sessions.ts";
import type { Draft } from "../state/draft.ts";
import type { Permission } from "../state/state.ts";
import type { View } from "../state/view.ts";

function permissionsIn(view: View, wanted: readonly vim.Permission[] | undefined): Permission[] {
  return (wanted ?? []).map(({ principal, group, roleId, propagate }, i) => {
    if (principal === "") throw invalidArgument(`permission[${i}].principal`, "It is empty.");
    roleOf(view, roleId);
    return permissionFor(principal, { group, role: roleId, propagate });
  });
}

/** Gives all that have one role another, or none. */
function reassign(tx: Draft, from: number, to: number | undefined, rootFolder: number): void {
  for (const [entity, list] of tx.state.permissions.entries()) {
    if (!list.some(({ role }) => role === from)) continue;
    const next = list.flatMap((one) => (one.role !== from ? [one] : to === undefined ? [] : [{ ...one, role: to }]));
    putPermissions(tx, entity, next, rootFolder);
  }
}

function granted({ core }: Call, id: number, sessionId: string, privIds: readonly string[] | undefined): boolean[] {
  const session = core.sessions.get(sessionId);
  return (privIds ?? []).map((one) => session !== undefined && hasPrivilege(core.universe.view, session, id, one));
}

export const authorizationManager: Handlers<"AuthorizationManager"> = {
  RetrieveEntityPermissions({ core }, { entity, inherited }) {
    const { view } = core.universe;
    return permissionsOn(view, permitting(view, entity), inherited);
  },

  RetrieveAllPermissions: ({ core }) => everyPermission(core.universe.view),

  RetrieveRolePermissions({ core }, { roleId }) {
    const { view } = core.universe;
    return everyPermission(view, roleOf(view, roleId).id);
  },

  SetEntityPermissions({ core }, { entity, permission }) {
    core.universe.transact((tx) => {
      const { id } = permitting(tx, entity);
      const wanted = permissionsIn(tx, permission);
      const others = tx.permissions(id).filter((old) => !wanted.some((one) => samePrincipal(old, one)));
      putPermissions(tx, id, [...others, ...wanted], core.rootFolder);
    });
  },

  ResetEntityPermissions({ core }, { entity, permission }) {
    core.universe.transact((tx) =>
      putPermissions(tx, permitting(tx, entity).id, permissionsIn(tx, permission), core.rootFolder),
    );
  },

  RemoveEntityPermission({ core }, { entity, user, isGroup }) {
    core.universe.transact((tx) => {
      const { id, name } = permitting(tx, entity);
      const list = tx.permissions(id);
      const rest = list.filter((one) => !samePrincipal(one, { key: principalKey(user), group: isGroup }));
      if (rest.length === list.length) throw fault("NotFound", {}, `'${user}' has no permission on '${name}'.`);
      putPermissions(tx, id, rest, core.rootFolder);
    });
  },

  MergePermissions({ core }, { srcRoleId, dstRoleId }) {
    core.universe.transact((tx) => reassign(tx, roleOf(tx, srcRoleId).id, roleOf(tx, dstRoleId).id, core.rootFolder));
  },

  AddAuthorizationRole: ({ core }, { name, privIds }) =>
    core.universe.transact((tx) => {
      const id = tx.nextRole++;
      putRole(tx, id, name, privIds ?? []);
      return id;
    }),

  UpdateAuthorizationRole({ core }, { roleId, newName, privIds }) {
    core.universe.transact((tx) => {
      const role = customRole(tx, roleId);
      putRole(tx, role.id, newName, privIds ?? [...role.privileges]);
    });
  },

  RemoveAuthorizationRole({ core }, { roleId, failIfUsed }) {
    core.universe.transact((tx) => {
      const { id, name } = customRole(tx, roleId);
      if (failIfUsed && everyPermission(tx, id).length > 0) {
        throw fault("RemoveFailed", {}, `The role '${name}' is used by a permission.`);
      }
      reassign(tx, id, undefined, core.rootFolder);
      dropRole(tx, id);
    });
  },

  HasPrivilegeOnEntity(call, { entity, sessionId, privId }) {
    return granted(call, permitting(call.core.universe.view, entity).id, sessionId, privId);
  },

  HasPrivilegeOnEntities(call, { entity, sessionId, privId }) {
    return entity.map((ref): vim.EntityPrivilege => {
      const held = granted(call, permitting(call.core.universe.view, ref).id, sessionId, privId);
      const availability = (privId ?? []).map((one, i) => ({ privId: one, isGranted: held[i] ?? false }));
      return { entity: ref, privAvailability: availability };
    });
  },
};
