import { fault, type HostFault } from "../faults.ts";

/** Where in a list of device changes something is wrong. */
export interface ChangePath {
  /** `spec.deviceChange` */
  readonly list: string;
  readonly index: number;
}

export const pathIn = ({ list, index }: ChangePath, field: string): string => `${list}[${index}].${field}`;

/** InvalidDeviceSpec or one of its kind: names the change and the property. */
export function deviceFault(
  type:
    | "InvalidDeviceSpec"
    | "InvalidDeviceBacking"
    | "InvalidDeviceOperation"
    | "DisallowedDiskModeChange"
    | "MissingController"
    | "DeviceNotFound",
  at: ChangePath,
  field: string,
  why: string,
  more: Readonly<Record<string, unknown>> = {},
): HostFault {
  const property = pathIn(at, field);
  return fault(
    type,
    { property, deviceIndex: at.index, ...more },
    `Invalid configuration for device '${at.index}' (${property}): ${why}`,
  );
}
