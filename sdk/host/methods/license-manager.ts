import type { Handlers } from "../call.ts";
import { addedLicense, decoded, evaluationKey, putLicense, removeLabel, removeLicense } from "../settings/licenses.ts";

export const licenseManager: Handlers<"LicenseManager"> = {
  AddLicense: ({ core }, { licenseKey, labels }) =>
    core.universe.transact((tx) => putLicense(tx, licenseKey, labels ?? [])),

  UpdateLicense: ({ core }, { licenseKey, labels }) =>
    core.universe.transact((tx) => {
      if (licenseKey !== evaluationKey) addedLicense(tx, licenseKey);
      return putLicense(tx, licenseKey, labels ?? []);
    }),

  RemoveLicense: ({ core }, { licenseKey }) => core.universe.transact((tx) => removeLicense(tx, licenseKey)),

  DecodeLicense: ({ core }, { licenseKey }) => decoded(core.universe.view, licenseKey),

  UpdateLicenseLabel({ core }, { licenseKey, labelKey, labelValue }) {
    core.universe.transact((tx) => {
      addedLicense(tx, licenseKey);
      putLicense(tx, licenseKey, [{ key: labelKey, value: labelValue }]);
    });
  },

  RemoveLicenseLabel: ({ core }, { licenseKey, labelKey }) =>
    core.universe.transact((tx) => removeLabel(tx, licenseKey, labelKey)),
};
