import { autoStartOf } from "../hosts/auto-start.ts";
import { dateTimeOf } from "../hosts/date-time.ts";
import { firewallOf } from "../hosts/firewall.ts";
import { servicesOf } from "../hosts/services.ts";
import type { HostRecord } from "../state/record.ts";
import type { Table } from "./table.ts";

const extensible = { value: () => [], availableField: () => [] };

export const hostServiceSystem: Table<"HostServiceSystem", HostRecord> = { ...extensible, serviceInfo: servicesOf };
export const hostFirewallSystem: Table<"HostFirewallSystem", HostRecord> = { ...extensible, firewallInfo: firewallOf };
export const hostDateTimeSystem: Table<"HostDateTimeSystem", HostRecord> = { dateTimeInfo: dateTimeOf };
export const hostAutoStartManager: Table<"HostAutoStartManager", HostRecord> = { config: autoStartOf };
