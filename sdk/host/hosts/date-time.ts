import type { vim } from "../../vim/index.ts";
import { invalidArgument } from "../faults.ts";
import type { HostRecord } from "../state/record.ts";

const zones: readonly vim.HostDateTimeSystemTimeZone[] = [
  { key: "UTC", name: "UTC", description: "UTC", gmtOffset: 0 },
];

/** Since vSphere 6 the clock of an ESXi is in UTC, whatever the place. */
export const timeZones = (): vim.HostDateTimeSystemTimeZone[] => [...zones];

export function dateTimeOf({ settings }: HostRecord): vim.HostDateTimeInfo {
  const { ntp = {}, protocol = "ntp" } = settings?.date ?? {};
  const [timeZone] = timeZones();
  if (!timeZone) throw new Error("There is a time zone.");
  return { timeZone, systemClockProtocol: protocol, ntpConfig: ntp, enabled: (ntp.server ?? []).length > 0 };
}

export function withDateTime(host: HostRecord, config: vim.HostDateTimeConfig): HostRecord {
  const { timeZone, ntpConfig, protocol, resetToFactoryDefaults } = config;
  if (timeZone !== undefined && !zones.some(({ key }) => key === timeZone))
    throw invalidArgument("config.timeZone", `A host's clock is in UTC, not in '${timeZone.slice(0, 50)}'.`);
  const before = resetToFactoryDefaults ? {} : host.settings?.date;
  const date = { ...before, ...(ntpConfig ? { ntp: ntpConfig } : {}), ...(protocol ? { protocol } : {}) };
  return { ...host, settings: { ...host.settings, date } };
}
