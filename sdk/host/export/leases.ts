import type { Core } from "../core.ts";
import { fault, invalidState } from "../faults.ts";
import type { Lease } from "./lease.ts";

/**
 * The leases of a vCenter, by the number of the machine that each keeps to itself. They are no part of the state, as sessions are
 * not: a twin has none, and its machines are free; what is restored ends all.
 */
class Leases {
  readonly #open = new Map<number, Lease>();

  constructor(core: Core) {
    core.universe.listen(({ restored }) => {
      if (!restored) return;
      for (const lease of this.all())
        lease.fail(invalidState("The vCenter was put back to an earlier moment."), "left");
    });
  }

  of(machine: number): Lease | undefined {
    const lease = this.#open.get(machine);
    lease?.expire();
    return lease?.live ? lease : undefined;
  }

  all(): readonly Lease[] {
    return [...this.#open.values()];
  }

  add(machine: number, lease: Lease): void {
    this.#open.set(machine, lease);
  }

  remove(machine: number, lease: Lease): void {
    if (this.#open.get(machine) === lease) this.#open.delete(machine);
  }
}

const known = new WeakMap<Core, Leases>();

export function leasesOf(core: Core): Leases {
  const leases = known.get(core) ?? new Leases(core);
  known.set(core, leases);
  return leases;
}

/** Throws TaskInProgress while a machine is being exported or imported: it stays as it is until its lease ends. */
export function requireNoLease(core: Core, machine: number): void {
  const lease = known.get(core)?.of(machine);
  if (!lease) return;
  const name = core.universe.view.object(machine)?.name ?? "The machine";
  throw fault(
    "TaskInProgress",
    { task: lease.task },
    `'${name}' is being ${lease.doing}. Wait for it, or give its lease up (HttpNfcLeaseAbort).`,
  );
}
