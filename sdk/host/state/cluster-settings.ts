import type { vim } from "../../vim/index.ts";

/** The configuration of a cluster beyond whether DRS and HA are on: what nobody has set is not there and has vSphere's default. */
export interface ClusterSettings {
  readonly drs?: Partial<vim.ClusterDrsConfigInfo>;
  readonly das?: Partial<vim.ClusterDasConfigInfo>;
  readonly dpm?: vim.ClusterDpmConfigInfo;
  readonly dasVm?: readonly vim.ClusterDasVmConfigInfo[];
  readonly drsVm?: readonly vim.ClusterDrsVmConfigInfo[];
  readonly orchestration?: vim.ClusterOrchestrationInfo;
  readonly vmReadiness?: readonly vim.ClusterVmOrchestrationInfo[];
  readonly rules?: readonly vim.ClusterRuleInfo[];
  readonly groups?: readonly vim.ClusterGroupInfo[];
  /** The number of the next rule. */
  readonly nextRule?: number;
  readonly swapPlacement?: string;
}
