import type { vim } from "../../vim/index.ts";
import type { Handlers } from "../call.ts";
import { fault } from "../faults.ts";
import { principalKey } from "../session/sessions.ts";

const domain = "VSPHERE.LOCAL";
const nameOf = (principal: string) => principal.slice(principal.indexOf("\\") + 1);

/** The accounts that may log in, and the groups that they are in. */
export const userDirectory: Handlers<"UserDirectory"> = {
  RetrieveUserGroups({ core }, args) {
    const { users } = core.sessions;
    if (args.domain !== undefined && args.domain !== "" && args.domain.toUpperCase() !== domain)
      throw fault("NotFound", {}, `There is no domain '${args.domain.slice(0, 100)}'.`);
    const wanted = args.searchStr.toUpperCase();
    const matches = (name: string) => (args.exactMatch ? name === wanted : name.includes(wanted));
    const found: vim.UserSearchResult[] = [];
    const group = args.belongsToGroup && principalKey(args.belongsToGroup);
    const member = args.belongsToUser && principalKey(args.belongsToUser);
    if (args.findUsers)
      for (const { name, fullName, groups = [] } of users) {
        if (group && !groups.some((one) => principalKey(one) === group)) continue;
        const principal = nameOf(principalKey(name));
        if (matches(principal))
          found.push({ principal: userOf(name), fullName: fullName ?? userOf(name), group: false });
      }
    if (args.findGroups) {
      const groups = new Map<string, string>();
      for (const { name, groups: own = [] } of users)
        if (!member || principalKey(name) === member) for (const one of own) groups.set(principalKey(one), userOf(one));
      for (const [key, principal] of groups)
        if (matches(nameOf(key))) found.push({ principal, fullName: principal, group: true });
    }
    return found;
  },
};

/** A principal without its domain. */
function userOf(name: string): string {
  const at = name.lastIndexOf("@");
  return at > 0 ? name.slice(0, at) : nameOf(name);
}
