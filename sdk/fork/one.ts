import type { Session } from "../session.ts";
import type { Task } from "../task/task.ts";
import type { Ref, vim } from "../vim/index.ts";
import { ignoredSetting } from "./ignored.ts";
import { type InstantCloneOptions, instantCloneSpec } from "./instant-clone.ts";
import { connecting, leftOff, reconnect, type SourceNetwork, withoutNetwork } from "./network.ts";
import type { OnWarning } from "./warning.ts";

/** What is common to all forks of one call. */
export interface Source {
  readonly ref: Ref<"VirtualMachine">;
  /** Undefined where the cards are to be as the source's. */
  readonly network: SourceNetwork | undefined;
  readonly onWarning: OnWarning;
  /** Called with the task as soon as there is one, and when it has ended. */
  readonly onTask?: ((task: Task<unknown>, state: "begun" | "ended") => void) | undefined;
}

/** Makes one fork, and connects its network cards when its guest is somebody of its own. */
export async function makeFork(
  session: Session,
  { ref, network, onWarning, onTask }: Source,
  options: InstantCloneOptions,
): Promise<Ref<"VirtualMachine">> {
  const { name, signal } = options;
  tellIgnored(options, onWarning);
  const deviceChange = network ? withoutNetwork(network, options.deviceChange) : options.deviceChange;
  const spec = instantCloneSpec({ ...options, deviceChange });
  const made = await clone(session, ref, spec, options, onTask);
  if (network && options.network !== "disconnected" && deviceChange) {
    const cards = deviceChange === network.disconnect ? connectingOnce(network) : connecting(deviceChange);
    const warning = await reconnect(session, made, name, network, cards, { ...options, signal });
    if (warning) onWarning(warning);
  }
  return made;
}

/** Starts one fork, whose cards nobody will connect. */
export async function startFork(
  session: Session,
  { ref, network, onWarning }: Source,
  options: InstantCloneOptions,
): Promise<Ref<"Task">> {
  const { name, signal } = options;
  tellIgnored(options, onWarning);
  const deviceChange = network ? withoutNetwork(network, options.deviceChange) : options.deviceChange;
  const spec = instantCloneSpec({ ...options, deviceChange });
  const task = await session.call<"VirtualMachine", "InstantClone_Task">(
    ref,
    "InstantClone_Task",
    { spec },
    { signal },
  );
  if (options.network !== "disconnected" && deviceChange && connecting(deviceChange).length > 0)
    onWarning(leftOff(name, "nobody waits for its guest to take an identity"));
  return task;
}

function tellIgnored({ guestInfo = {}, name }: InstantCloneOptions, onWarning: OnWarning): void {
  for (const key of Object.keys(guestInfo)) {
    const warning = ignoredSetting(key, name);
    if (warning) onWarning(warning);
  }
}

async function clone(
  session: Session,
  source: Ref<"VirtualMachine">,
  spec: vim.VirtualMachineInstantCloneSpec,
  options: InstantCloneOptions,
  onTask: Source["onTask"],
): Promise<Ref<"VirtualMachine">> {
  const task = session.task<Ref<"VirtualMachine">>(
    await session.call<"VirtualMachine", "InstantClone_Task">(source, "InstantClone_Task", { spec }),
  );
  onTask?.(task, "begun");
  try {
    const { result } = await task.wait(onTask ? {} : options);
    return result;
  } finally {
    onTask?.(task, "ended");
  }
}

/** A thousand forks of one source are connected by one list of edits. */
const known = new WeakMap<SourceNetwork, readonly vim.VirtualDeviceConfigSpec[]>();

function connectingOnce(network: SourceNetwork): readonly vim.VirtualDeviceConfigSpec[] {
  const edits = known.get(network) ?? connecting(network.disconnect);
  known.set(network, edits);
  return edits;
}
