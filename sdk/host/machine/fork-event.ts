import type { Draft } from "../state/draft.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import { forkTimes } from "./fork-times.ts";

type More = Readonly<Record<string, unknown>>;

/** What the event of a fork says is the same for all forks of a source where forking takes no time: they share it. */
const known = new WeakMap<MachineRecord, More>();

/** What `com.vmware.vc.VmInstantClonedEvent` says: whose clone it is, and on a clock on which that takes time, when its parts happened. */
export function forkEvent(tx: Draft, chain: number, source: MachineRecord, fork: number): More {
  const task = tx.task(chain);
  const times = task ? forkTimes(task, fork, tx.now) : [];
  const shared = known.get(source) ?? saying(source);
  if (times.length === 0) {
    known.set(source, shared);
    return shared;
  }
  return { ...shared, arguments: [sourceOf(source), ...times] };
}

const sourceOf = ({ name }: MachineRecord) => ({ key: "sourceVm", value: name });

const saying = (source: MachineRecord): More =>
  Object.freeze({
    severity: "info",
    message: `Instant clone of ${source.name}`,
    arguments: [sourceOf(source)],
  });
