import { kind } from "../kind.ts";

/** What `Get-Datacenter` puts out. */
export const datacenter = kind("Datacenter", "Datacenter", [], {});
