import type { Ref, vim } from "../../vim/index.ts";
import { licenseAssignmentManager } from "../content.ts";
import { allLicenses, evaluationHours } from "../settings/licenses.ts";
import { linked } from "./derivation.ts";
import type { Table } from "./table.ts";

const source: vim.EvaluationLicenseSource = { _typeName: "EvaluationLicenseSource", remainingHours: evaluationHours };

export const licenseManager: Table<"LicenseManager", Ref> = {
  source: () => source,
  sourceAvailable: () => true,
  licensedEdition: () => "",
  licenses: linked(["session"], (_ref, reader) => allLicenses(reader)),
  licenseAssignmentManager: () => licenseAssignmentManager,
  evaluation: () => ({
    properties: [
      { key: "feature", value: "evaluation" },
      { key: "expirationHours", value: evaluationHours },
    ],
  }),
};
