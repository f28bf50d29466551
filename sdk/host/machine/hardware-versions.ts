import { invalidArgument } from "../faults.ts";

/** The hardware versions that the simulated hosts run, oldest first, with the product that brought each. */
const products: Readonly<Record<string, string>> = {
  "vmx-08": "ESXi 5.0",
  "vmx-09": "ESXi 5.1",
  "vmx-10": "ESXi 5.5",
  "vmx-11": "ESXi 6.0",
  "vmx-13": "ESXi 6.5",
  "vmx-14": "ESXi 6.7",
  "vmx-15": "ESXi 6.7 U2",
  "vmx-16": "Workstation 15 and Fusion 11",
  "vmx-17": "ESXi 7.0",
  "vmx-18": "ESXi 7.0 U1",
  "vmx-19": "ESXi 7.0 U2",
  "vmx-20": "ESXi 8.0",
  "vmx-21": "ESXi 8.0 U2",
};

export const hardwareVersions: readonly string[] = Object.keys(products);
export const newestHardware = "vmx-21";

export const hardwareDescription = (version: string): string =>
  `${products[version] ?? version} and later (${version.replace("vmx-", "VM version ")})`;

export const hardwareNumber = (version: string): number => Number(version.slice("vmx-".length));

/** Throws InvalidArgument for a version that no simulated host runs. */
export function requireHardware(version: string, path: string): string {
  if (version in products) return version;
  throw invalidArgument(path, `'${version.slice(0, 40)}' is not a hardware version, such as ${newestHardware}.`);
}
