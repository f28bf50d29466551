import { column, list, table, type View } from "./view.ts";

/** Objects of the language itself and of its core commands. */
export const languageViews: Readonly<Record<string, View>> = {
  "System.Collections.DictionaryEntry": table(
    column("Name", { width: 30, align: "left" }),
    column("Value", { align: "left" }),
  ),
  "System.Management.Automation.PSCredential": table(column("UserName"), column("Password")),
  "System.RuntimeType": table(column("Name", { width: 24 }), column("FullName")),
  "System.TimeSpan": list(
    "Days",
    "Hours",
    "Minutes",
    "Seconds",
    "Milliseconds",
    "Ticks",
    "TotalDays",
    "TotalHours",
    "TotalMinutes",
    "TotalSeconds",
    "TotalMilliseconds",
  ),
  "Microsoft.PowerShell.Commands.GenericMeasureInfo": list(
    "Count",
    "Average",
    "Sum",
    "Maximum",
    "Minimum",
    "StandardDeviation",
    "Property",
  ),
  "Microsoft.PowerShell.Commands.GroupInfo": table(
    column("Count", { width: 5, align: "right" }),
    column("Name", { width: 25, align: "left" }),
    column("Group"),
  ),
  "Microsoft.PowerShell.Commands.GroupInfoNoElement": table(
    column("Count", { width: 5, align: "right" }),
    column("Name", { width: 25, align: "left" }),
  ),
  "System.Management.Automation.CommandInfo": table(
    column("CommandType", { width: 12 }),
    column("Name", { width: 32 }),
    column("Summary"),
  ),
  "System.Management.Automation.AliasInfo": table(
    column("CommandType", { width: 12 }),
    column("DisplayName", { label: "Name", width: 32 }),
    column("Summary"),
  ),
  HelpInfoShort: table(column("Name", { width: 32 }), column("Category", { width: 9 }), column("Synopsis")),
  "Microsoft.PowerShell.Commands.MemberDefinition": {
    kind: "table",
    columns: [column("Name", { width: 28 }), column("MemberType", { width: 21 }), column("Definition")],
    groupBy: "TypeName",
  },
  "System.Management.Automation.PSVariable": table(column("Name", { width: 30 }), column("Value", { align: "left" })),
  "Microsoft.PowerShell.Commands.HistoryInfo": table(column("Id", { width: 4, align: "right" }), column("CommandLine")),
};
