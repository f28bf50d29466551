import type { Handlers } from "../call.ts";
import { resolveKind } from "../inventory/lookup.ts";
import { reconfigurePortgroup } from "../network/portgroups.ts";
import { lasting } from "../task/durations.ts";
import { operation } from "../task/operation.ts";

export const distributedPortgroup: Handlers<"DistributedVirtualPortgroup"> = {
  ReconfigureDVPortgroup_Task: operation("DistributedVirtualPortgroup", "ReconfigureDVPortgroup_Task", {
    lock: "queued",
    requires: (_view, { id }) => [[id, "DVPortgroup.Modify"]],
    phases: () => [{ name: "dvs.reconfigure", ms: lasting("dvs.reconfigure") }],
    finish(tx, job) {
      reconfigurePortgroup(tx, job, resolveKind(tx, "DistributedVirtualPortgroup", job.self), job.args.spec);
    },
  }),
};
