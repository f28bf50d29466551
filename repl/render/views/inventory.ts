import { column, list, table, type View } from "./view.ts";

// Labels, widths and alignment are those that PowerCLI prints, so that scripts that read the text go on working.
export const inventoryViews: Readonly<Record<string, View>> = {
  VIServer: table(column("Name", { width: 30 }), column("Port", { width: 5, align: "left" }), column("User")),
  VirtualMachine: table(
    column("Name", { width: 20 }),
    column("PowerState", { width: 10 }),
    column("NumCpu", { label: "Num CPUs", width: 8, align: "left" }),
    column("MemoryGB", { align: "left", format: "N3" }),
  ),
  Template: table(column("Name", { width: 30 })),
  VMHost: table(
    column("Name", { width: 20 }),
    column("ConnectionState", { width: 15 }),
    column("PowerState", { width: 10 }),
    column("NumCpu", { width: 6, align: "right" }),
    column("CpuUsageMhz", { width: 11, align: "right" }),
    column("CpuTotalMhz", { width: 11, align: "right" }),
    column("MemoryUsageGB", { width: 15, align: "right", format: "N3" }),
    column("MemoryTotalGB", { width: 15, align: "right", format: "N3" }),
    column("Version", { width: 7 }),
  ),
  Cluster: table(
    column("Name", { width: 30 }),
    column("HAEnabled", { width: 10 }),
    column("HAFailoverLevel", { label: "HAFailover\nLevel", width: 10, align: "left" }),
    column("DrsEnabled", { width: 10 }),
    column("DrsAutomationLevel"),
  ),
  Datacenter: table(column("Name", { width: 30 })),
  Folder: table(column("Name", { width: 30 }), column("Type")),
  ResourcePool: table(
    column("Name", { width: 20 }),
    column("CpuSharesLevel", { label: "CpuShares\nLevel", width: 9 }),
    column("CpuReservationMHz", { label: "CpuReservation\nMHz", width: 14, align: "right" }),
    column("CpuLimitMHz", { label: "CpuLimit\nMHz", width: 10, align: "right" }),
    column("MemSharesLevel", { label: "MemShares\nLevel", width: 9 }),
    column("MemReservationGB", { label: "MemReservation\nGB", width: 14, align: "right", format: "N3" }),
    column("MemLimitGB", { label: "MemLimit\nGB", width: 10, align: "right", format: "N3" }),
  ),
  VApp: table(column("Name", { width: 30 }), column("Status")),
  Snapshot: table(column("Name", { width: 20 }), column("Description", { width: 30 }), column("PowerState")),
  VMScriptResult: list("ScriptOutput", "ExitCode"),
  VMGuest: table(column("State", { width: 14 }), column("IPAddress", { width: 20 }), column("OSFullName")),
};
