import type { ForkNetwork, ForkWarning, Progress, Ref } from "../../sdk/index.ts";
import { failedInPart } from "../exit.ts";
import type { CommandContext } from "../language/index.ts";
import { format } from "../language/operators/format.ts";
import { machineOf } from "./act.ts";
import { virtualMachine } from "./kinds/virtual-machine.ts";
import { load } from "./load.ts";
import type { VIObject } from "./vi-object.ts";

export interface BulkFork {
  readonly count: number;
  readonly start: number;
  readonly concurrency: number;
  /** Format strings, which get the machine's number. */
  readonly name: string;
  readonly guestInfo: Readonly<Record<string, string>>;
  readonly folder: Ref<"Folder"> | undefined;
  readonly resourcePool: Ref<"ResourcePool"> | undefined;
  readonly datastore: Ref<"Datastore"> | undefined;
  readonly network: ForkNetwork;
  readonly onProgress: (progress: Progress) => void;
}

/** How many failures, and warnings, are told one by one; the last error counts them all. */
const told = 10;

/** Tells the first of some warnings, and how many more there are. */
export async function warn(ctx: CommandContext<unknown>, warnings: readonly ForkWarning[]): Promise<void> {
  for (const { message } of warnings.slice(0, told)) await ctx.warn(message);
  if (warnings.length > told) await ctx.warn(`There are ${warnings.length - told} more warnings of this kind.`);
}

/** Forks a machine many times and puts the forks out. */
export async function bulkFork(ctx: CommandContext<unknown>, source: VIObject, bulk: BulkFork): Promise<void> {
  const filled = (template: string, i: number) => format(template, i);
  const { count, start, concurrency, folder, resourcePool, datastore, network, onProgress } = bulk;
  const machine = await machineOf(source);
  const report = await source.connection.session.fork(machine, {
    count,
    start,
    concurrency,
    folder,
    resourcePool,
    datastore,
    network,
    onProgress,
    signal: ctx.signal,
    name: (i) => filled(bulk.name, i),
    guestInfo: (i) => Object.fromEntries(Object.entries(bulk.guestInfo).map(([key, value]) => [key, filled(value, i)])),
  });
  ctx.progress({ activity: "Forking", done: true });

  const refs = report.created.map((vm) => vm.ref);
  for (const made of await load(source.connection, virtualMachine, refs)) await ctx.write(made);
  ctx.signal.throwIfAborted();
  await warn(ctx, report.warnings);
  for (const { name, error } of report.failed.slice(0, told)) await ctx.error(error, { target: name });
  if (report.failed.length === 0) return;
  const message = `${report.failed.length} of ${count} forks of '${source.name}' failed; ${report.created.length} were made.`;
  const id = report.created.length > 0 ? failedInPart : "BulkForkFailed";
  await ctx.error(message, { id, category: "InvalidResult", target: source });
}
