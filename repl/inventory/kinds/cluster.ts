import { kind } from "../kind.ts";
import { truth, whole } from "../values.ts";

const paths = ["configuration.dasConfig", "configuration.drsConfig"] as const;

const of = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};

/** What `Get-Cluster` puts out. */
export const cluster = kind("ClusterComputeResource", "Cluster", paths, {
  HAEnabled: (values) => truth(of(values["configuration.dasConfig"]).enabled),
  HAFailoverLevel: (values) => whole(of(values["configuration.dasConfig"]).failoverLevel) ?? 1,
  DrsEnabled: (values) => truth(of(values["configuration.drsConfig"]).enabled),
  DrsAutomationLevel: (values) => {
    const level = of(values["configuration.drsConfig"]).defaultVmBehavior;
    return level === "manual" ? "Manual" : level === "partiallyAutomated" ? "PartiallyAutomated" : "FullyAutomated";
  },
});
