import type { vim } from "../../vim/index.ts";
import { frozen } from "../properties/frozen.ts";

type Setting = vim.VMwareDVSPortSetting;

const no = { inherited: false, value: false } as const;
const shaping: vim.DVSTrafficShapingPolicy = {
  inherited: false,
  enabled: no,
  averageBandwidth: { inherited: false, value: 100_000_000 },
  peakBandwidth: { inherited: false, value: 100_000_000 },
  burstSize: { inherited: false, value: 104_857_600 },
};

/** What a new distributed switch sets its ports to. */
export function usualSetting(uplinks: readonly string[]): Setting {
  return frozen<Setting>({
    _typeName: "VMwareDVSPortSetting",
    blocked: no,
    vmDirectPathGen2Allowed: no,
    inShapingPolicy: shaping,
    outShapingPolicy: shaping,
    vendorSpecificConfig: { inherited: false },
    networkResourcePoolKey: { inherited: false, value: "-1" },
    filterPolicy: { inherited: false },
    vlan: { _typeName: "VmwareDistributedVirtualSwitchVlanIdSpec", inherited: false, vlanId: 0 },
    qosTag: { inherited: false, value: -1 },
    uplinkTeamingPolicy: {
      inherited: false,
      policy: { inherited: false, value: "loadbalance_srcid" },
      reversePolicy: { inherited: false, value: true },
      notifySwitches: { inherited: false, value: true },
      rollingOrder: no,
      failureCriteria: {
        inherited: false,
        checkSpeed: { inherited: false, value: "minimum" },
        speed: { inherited: false, value: 10 },
        checkDuplex: no,
        fullDuplex: no,
        checkErrorPercent: no,
        percentage: { inherited: false, value: 0 },
        checkBeacon: no,
      },
      uplinkPortOrder: { inherited: false, activeUplinkPort: uplinks },
    },
    securityPolicy: { inherited: false, allowPromiscuous: no, macChanges: no, forgedTransmits: no },
    ipfixEnabled: no,
    txUplink: no,
    lacpPolicy: { inherited: false, enable: no, mode: { inherited: false, value: "passive" } },
    macManagementPolicy: {
      inherited: false,
      allowPromiscuous: false,
      macChanges: false,
      forgedTransmits: false,
      macLearningPolicy: { inherited: false, enabled: false, limit: 4096, limitPolicy: "DROP" },
    },
  });
}

const isTable = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A setting with what somebody says of it on top: policy by policy, and what a policy leaves out stays. */
export function overSetting(below: Setting, above: vim.DVPortSetting | undefined): Setting {
  if (!above) return below;
  const known: Readonly<Record<string, unknown>> = { ...below };
  const merged: Record<string, unknown> = { ...below };
  for (const [name, value] of Object.entries(above)) {
    const before = known[name];
    // Another kind of VLAN setting takes the place of the one before.
    const same = isTable(value) && isTable(before) && (value._typeName ?? before._typeName) === before._typeName;
    merged[name] = same ? { ...before, ...value } : value;
  }
  return frozen({ ...merged, _typeName: "VMwareDVSPortSetting" });
}

/** A setting as it shows in what inherits it. */
export const inherited = (setting: Setting): Setting => marked(setting);

function marked<T>(value: T): T {
  if (!isTable(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(value)) copy[name] = name === "inherited" ? true : marked(part);
  return copy as T;
}
