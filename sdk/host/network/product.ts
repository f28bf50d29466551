import type { vim } from "../../vim/index.ts";
import { fault } from "../faults.ts";

const versions = ["7.0.0", "7.0.2", "7.0.3", "8.0.0", "8.0.3"] as const;
/** What a new switch is. */
export const switchVersion = "8.0.3";

const product = (version: string): vim.DistributedVirtualSwitchProductSpec =>
  Object.freeze({
    name: "DVS",
    vendor: "VMware, Inc.",
    version,
    build: "24022515",
    forwardingClass: "etherswitch",
  });

export const switchProduct = product(switchVersion);

/** The versions that a switch can be of, the best last. */
export const products = (recommended: boolean | undefined): vim.DistributedVirtualSwitchProductSpec[] =>
  recommended ? [switchProduct] : versions.map(product);

export const hostProducts: readonly vim.DistributedVirtualSwitchHostProductSpec[] = Object.freeze(
  ["7.0.0", "7.0.2", "7.0.3", "8.0.0", "8.0.3"].map((version) =>
    Object.freeze({ productLineId: "embeddedEsx", version }),
  ),
);

export const features: vim.VMwareDVSFeatureCapability = Object.freeze({
  _typeName: "VMwareDVSFeatureCapability",
  networkResourceManagementSupported: true,
  vmDirectPathGen2Supported: true,
  nicTeamingPolicy: Object.freeze([
    "loadbalance_ip",
    "loadbalance_srcmac",
    "loadbalance_srcid",
    "failover_explicit",
    "loadbalance_loadbased",
  ]),
  networkResourcePoolHighShareValue: 100,
  networkFilterSupported: true,
  macLearningSupported: true,
  vspanSupported: false,
  lldpSupported: true,
  ipfixSupported: true,
  multicastSnoopingSupported: true,
});

export const capability: vim.DVSCapability = Object.freeze({
  dvsOperationSupported: true,
  dvPortGroupOperationSupported: true,
  dvPortOperationSupported: true,
  compatibleHostComponentProductInfo: hostProducts,
  featuresSupported: features,
});

/** Throws NotSupported for a switch of a version, or of a vendor, that there is not. All versions behave as the newest does. */
export function requireProduct(wanted: vim.DistributedVirtualSwitchProductSpec | undefined): void {
  const { version, vendor } = wanted ?? {};
  const known = version === undefined || version === "" || versions.some((one) => one === version);
  if (known && (vendor === undefined || vendor === "" || /^vmware/i.test(vendor))) return;
  throw fault(
    "NotSupported",
    {},
    `There is no distributed switch of the version '${version ?? ""}' (${vendor ?? ""}). There are ${versions.join(", ")}.`,
  );
}
