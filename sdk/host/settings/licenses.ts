import type { vim } from "../../vim/index.ts";
import { fault, invalidArgument } from "../faults.ts";
import type { Draft } from "../state/draft.ts";
import type { License } from "../state/settings.ts";
import type { View } from "../state/view.ts";

/** The key that stands for the evaluation, which every vCenter begins with. */
export const evaluationKey = "00000-00000-00000-00000-00000";
const format = /^[A-Z0-9]{5}(-[A-Z0-9]{5}){4}$/;

/** Hours that are left of an evaluation: it does not run out here. */
export const evaluationHours = 60 * 24;

const evaluation: vim.LicenseManagerLicenseInfo = Object.freeze({
  licenseKey: evaluationKey,
  editionKey: "eval",
  name: "Evaluation Mode",
  total: 0,
  costUnit: "",
  properties: Object.freeze([
    Object.freeze({ key: "ProductName", value: "VMware vSphere" }),
    Object.freeze({ key: "ProductVersion", value: "8.0" }),
  ]),
});

/** All keys are of one made-up edition without a limit: what a real key says, only VMware's code can read. */
function shownLicense({ settings }: Pick<View, "settings">, { key, labels }: License): vim.LicenseManagerLicenseInfo {
  const used = Object.values(settings.assignedLicenses).filter((one) => one === key).length;
  const shown = Object.entries(labels).map(([label, value]) => ({ key: label, value }));
  return {
    licenseKey: key,
    editionKey: "esx.enterprisePlus.cpuPackage",
    name: "vSphere 8 Enterprise Plus (simulated)",
    total: 0,
    used,
    costUnit: "cpuPackage",
    properties: [
      { key: "ProductName", value: "VMware ESX Server" },
      { key: "ProductVersion", value: "8.0" },
    ],
    ...(shown.length > 0 ? { labels: shown } : {}),
  };
}

export const allLicenses = (view: Pick<View, "settings">): vim.LicenseManagerLicenseInfo[] => [
  evaluation,
  ...view.settings.licenses.map((license) => shownLicense(view, license)),
];

/** The licence of a key, known or not. Throws InvalidArgument where it cannot be one. */
export function decoded(view: Pick<View, "settings">, key: string): vim.LicenseManagerLicenseInfo {
  if (key === evaluationKey) return evaluation;
  if (!format.test(key))
    throw invalidArgument("licenseKey", "A licence key is five groups of five letters and digits.");
  return shownLicense(view, view.settings.licenses.find((one) => one.key === key) ?? { key, labels: {} });
}

/** Adds a key, or changes labels of one that is there. */
export function putLicense(tx: Draft, key: string, labels: readonly vim.KeyValue[]): vim.LicenseManagerLicenseInfo {
  decoded(tx, key);
  const known = tx.settings.licenses.find((one) => one.key === key);
  const all = { ...known?.labels, ...Object.fromEntries(labels.map((label) => [label.key, label.value])) };
  const license: License = Object.freeze({ key, labels: Object.freeze(all) });
  const { licenses } = tx.settings;
  const next = known ? licenses.map((one) => (one === known ? license : one)) : [...licenses, license];
  if (key !== evaluationKey) tx.settings = { ...tx.settings, licenses: next };
  return decoded(tx, key);
}

/** A key that somebody has added. Throws InvalidArgument. */
export function addedLicense(view: View, key: string): License {
  const found = view.settings.licenses.find((one) => one.key === key);
  if (found) return found;
  throw invalidArgument("licenseKey", `The licence key '${key.slice(0, 40)}' has not been added.`);
}

export function removeLicense(tx: Draft, key: string): void {
  const license = addedLicense(tx, key);
  if (Object.values(tx.settings.assignedLicenses).includes(key))
    throw fault("ResourceInUse", { type: "License", name: key }, "The licence is assigned: take it away there first.");
  tx.settings = { ...tx.settings, licenses: tx.settings.licenses.filter((one) => one !== license) };
}

export function removeLabel(tx: Draft, key: string, label: string): void {
  const { labels } = addedLicense(tx, key);
  const { [label]: _gone, ...others } = labels;
  const licenses = tx.settings.licenses.map((one) => (one.key === key ? { key, labels: others } : one));
  tx.settings = { ...tx.settings, licenses };
}
