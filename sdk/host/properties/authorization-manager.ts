import type { Ref, vim } from "../../vim/index.ts";
import { privileges } from "../session/privilege-ids.ts";
import { linked } from "./derivation.ts";
import type { Table } from "./table.ts";

const groupOf = (id: string) => id.slice(0, id.lastIndexOf("."));
const nameOf = (id: string) => id.slice(id.lastIndexOf(".") + 1);
const element = (key: string): vim.ElementDescription => ({
  _typeName: "ElementDescription",
  key,
  label: key,
  summary: key,
});

export const authorizationManager: Table<"AuthorizationManager", Ref> = {
  privilegeList: () =>
    privileges.map((id) => ({ privId: id, onParent: false, name: nameOf(id), privGroupName: groupOf(id) })),
  roleList: linked(["session"], (_ref, { roles }) =>
    roles.map(({ id, name, system, privileges: held }) => ({
      roleId: id,
      system,
      name,
      info: { _typeName: "Description", label: name, summary: name },
      ...(held.size > 0 ? { privilege: [...held] } : {}),
    })),
  ),
  description: () => ({
    privilege: privileges.map(element),
    privilegeGroup: [...new Set(privileges.map(groupOf))].map(element),
  }),
};
