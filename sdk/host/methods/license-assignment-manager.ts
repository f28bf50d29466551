import type { Handlers } from "../call.ts";
import type { Core } from "../core.ts";
import { fault } from "../faults.ts";
import { addedLicense, decoded, evaluationKey } from "../settings/licenses.ts";
import { idOf, numberIn } from "../state/id.ts";
import { escapeName } from "../state/name.ts";
import type { View } from "../state/view.ts";

/** What licences are for: the vCenter, by its instance UUID, and its hosts and clusters, by their ids. */
function licensed(core: Core, view: View, id: string): string | undefined {
  if (id === core.instanceUuid) return "vcenter";
  const record = view.object(numberIn(id));
  const kinds = ["HostSystem", "ClusterComputeResource"];
  return record && kinds.includes(record.kind) && idOf(record) === id ? escapeName(record.name) : undefined;
}

function requireLicensed(core: Core, view: View, id: string): string {
  const name = licensed(core, view, id);
  if (name !== undefined) return name;
  throw fault(
    "LicenseEntityNotFound",
    { entityId: id },
    `There is nothing to licence with the id '${id.slice(0, 100)}'.`,
  );
}

export const licenseAssignmentHandlers: Handlers<"LicenseAssignmentManager"> = {
  QueryAssignedLicenses({ core }, { entityId }) {
    const { view } = core.universe;
    if (entityId !== undefined) requireLicensed(core, view, entityId);
    const hosts = [...view.state.objects.values()].filter(({ kind }) => kind === "HostSystem").map(idOf);
    const all = new Set([core.instanceUuid, ...hosts, ...Object.keys(view.settings.assignedLicenses)]);
    return (entityId === undefined ? [...all] : [entityId]).flatMap((id) => {
      const entityDisplayName = licensed(core, view, id);
      if (entityDisplayName === undefined) return [];
      const assignedLicense = decoded(view, view.settings.assignedLicenses[id] ?? evaluationKey);
      return [{ entityId: id, scope: core.instanceUuid, entityDisplayName, assignedLicense }];
    });
  },

  UpdateAssignedLicense: ({ core }, { entity, licenseKey }) =>
    core.universe.transact((tx) => {
      requireLicensed(core, tx, entity);
      if (licenseKey !== evaluationKey) addedLicense(tx, licenseKey);
      tx.settings = {
        ...tx.settings,
        assignedLicenses: { ...tx.settings.assignedLicenses, [entity]: licenseKey },
      };
      return decoded(tx, licenseKey);
    }),

  RemoveAssignedLicense({ core }, { entityId }) {
    core.universe.transact((tx) => {
      requireLicensed(core, tx, entityId);
      const { [entityId]: _gone, ...assignedLicenses } = tx.settings.assignedLicenses;
      tx.settings = { ...tx.settings, assignedLicenses };
    });
  },
};
