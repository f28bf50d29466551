import type { vim } from "../../vim/index.ts";
import type { Phase, TaskRecord } from "../state/task-record.ts";

type Source = vim.HostVMotionManagerSrcInstantCloneResult;
type Destination = vim.HostVMotionManagerDstInstantCloneResult;

/**
 * When the parts of an instant clone happened, as hosts tell each other. A real vCenter keeps that to itself; here it is among the
 * arguments of the event. Moments are in milliseconds since the epoch, spans in milliseconds (which unit a real host counts in is not
 * published). On a clock where nothing takes time there is nothing to tell.
 */
export function forkTimes(task: TaskRecord, fork: number, end: number): readonly vim.KeyAnyValue[] {
  const { started, work } = task;
  if (started === undefined || !work || work.phases.length === 0) return [];
  const took = (name: string) =>
    work.phases.reduce((sum, phase: Phase) => (phase.name === name ? sum + phase.ms : sum), 0);
  const quiesced = started + took("instantClone.quiesce");
  const saving = quiesced + took("instantClone.deltaPerDisk");
  const saved = saving + took("instantClone.checkpoint");
  const source: Source & { readonly _typeName: string } = {
    _typeName: "HostVMotionManagerSrcInstantCloneResult",
    startTime: started,
    quiesceTime: started,
    quiesceDoneTime: quiesced,
    resumeDoneTime: saved,
    endTime: end,
  };
  const destination: Destination & { readonly _typeName: string } = {
    _typeName: "HostVMotionManagerDstInstantCloneResult",
    dstVmId: fork,
    startTime: saving,
    cptLoadTime: saving,
    cptLoadDoneTime: saved,
    replicateMemDoneTime: saved + took("instantClone.memoryPerGiB"),
    endTime: end,
    cptXferTime: saved - saving,
  };
  return [
    { key: "srcInstantCloneResult", value: source },
    { key: "dstInstantCloneResult", value: destination },
  ];
}
