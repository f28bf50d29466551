import type { vim } from "../../vim/index.ts";
import { invalidArgument } from "../faults.ts";
import type { HostRecord } from "../state/record.ts";
import { vmkernel } from "./network-info.ts";

/** What a host's own cards can be for, and whether vmk0 is. */
const uses: Readonly<Record<string, boolean>> = {
  management: true,
  vmotion: true,
  faultToleranceLogging: false,
  vSphereReplication: false,
  vSphereReplicationNFC: false,
  vSphereProvisioning: false,
  vsan: false,
  vsanWitness: false,
};

/** Which of a host's own cards carry a kind of its traffic. Throws InvalidArgument for a kind that there is not. */
export function netConfig(host: HostRecord, nicType: string): vim.VirtualNicManagerNetConfig {
  const isUsed = Object.hasOwn(uses, nicType) ? uses[nicType] : undefined;
  if (isUsed === undefined) throw invalidArgument("nicType", `There is no kind of traffic '${nicType.slice(0, 100)}'.`);
  const card = { ...vmkernel(host), key: `${nicType}.key-vim.host.VirtualNic-vmk0` };
  return {
    nicType,
    multiSelectAllowed: true,
    candidateVnic: [card],
    ...(isUsed ? { selectedVnic: [card.key] } : {}),
  };
}

export const netConfigs = (host: HostRecord): vim.VirtualNicManagerNetConfig[] =>
  Object.keys(uses).map((nicType) => netConfig(host, nicType));
