import { column, table, type View } from "./view.ts";

const event = table(
  column("CreatedTime", { width: 22 }),
  column("UserName", { width: 28 }),
  column("FullFormattedMessage"),
);

const bytes = { width: 17, align: "right", format: "N0" } as const;

/** Tasks, events, settings and what the simulated lab adds. */
export const administrationViews: Readonly<Record<string, View>> = {
  Task: table(
    column("Name", { width: 30 }),
    column("State", { width: 10 }),
    column("PercentComplete", { label: "% Complete", width: 10, align: "right" }),
    column("StartTime", { label: "Start Time", width: 12, format: "hh:mm:ss tt" }),
    column("FinishTime", { label: "Finish Time", format: "hh:mm:ss tt" }),
  ),
  Event: event,
  "VMware.Vim.Event": event,
  FloatSample: table(
    column("MetricId", { width: 25 }),
    column("Timestamp", { width: 22 }),
    column("Value", { width: 12, align: "right" }),
    column("Unit", { width: 8 }),
    column("Instance"),
  ),
  MemorySharing: table(
    column("Name", { width: 20 }),
    column("Size", bytes),
    column("Mapped", bytes),
    column("Private", bytes),
    column("Shared", bytes),
  ),
  AdvancedSetting: table(
    column("Name", { width: 20 }),
    column("Value", { width: 20, align: "left" }),
    column("Type", { width: 20 }),
    column("Description"),
  ),
  HostService: table(
    column("Key", { width: 20 }),
    column("Label", { width: 30 }),
    column("Policy", { width: 10 }),
    column("Running", { width: 8 }),
    column("Required"),
  ),
  Role: table(column("Name", { width: 25 }), column("IsSystem")),
  PowerCLIConfiguration: table(
    column("Scope"),
    column("ProxyPolicy"),
    column("DefaultVIServerMode"),
    column("InvalidCertificateAction"),
    column("DisplayDeprecationWarnings"),
    column("WebOperationTimeoutSeconds", { label: "WebOperationTimeout\nSeconds", align: "left" }),
  ),
};
