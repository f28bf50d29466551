/**
 * How long things take on a clock that is not instant, in milliseconds. No vendor publishes durations per phase: what is
 * `assumed` is chosen such that the totals that are known come out (see `source`).
 */
export const durations = {
  "instantClone.quiesce": {
    ms: 40,
    source: "assumed; stun stays below 1 s (vSphere VM administration guide); 0 when the source is frozen",
  },
  "instantClone.deltaPerDisk": { ms: 10, source: "assumed" },
  "instantClone.checkpoint": { ms: 15, source: "assumed" },
  "instantClone.memoryPerGiB": { ms: 1, source: "assumed: page table pointers, 8 bytes a page" },
  "instantClone.register": {
    ms: 20,
    source: "assumed; 64 clones of one source stay below 6 s (vSphere 6.0 announcement)",
  },
  "clone.perGiB": { ms: 4_000, source: "assumed: 250 MB/s" },
  "clone.linked": { ms: 800, source: "assumed" },
  "migrate.prepare": { ms: 1_000, source: "assumed" },
  "migrate.memoryPerGiB": { ms: 1_000, source: "assumed: 10 Gbit/s" },
  "migrate.switch": { ms: 500, source: "assumed; below a second as documented for vMotion" },
  "disk.perGiB": { ms: 4_000, source: "assumed: 250 MB/s" },
  "file.change": { ms: 50, source: "assumed" },
  "file.copy": { ms: 1_000, source: "assumed, whatever the size" },
  "power.on": { ms: 1_500, source: "assumed" },
  "power.off": { ms: 500, source: "assumed" },
  "power.suspendPerGiB": { ms: 1_000, source: "assumed: 1 GB/s" },
  "vm.create": { ms: 500, source: "assumed" },
  "vm.reconfigure": { ms: 200, source: "assumed" },
  "vm.destroy": { ms: 400, source: "assumed" },
  "snapshot.create": { ms: 300, source: "assumed, without memory" },
  "guest.customize": { ms: 5_000, source: "assumed" },
  "dvs.create": { ms: 500, source: "assumed" },
  "dvs.reconfigure": { ms: 300, source: "assumed" },
  "entity.rename": { ms: 50, source: "assumed" },
  "entity.move": { ms: 100, source: "assumed" },
} as const satisfies Record<string, { readonly ms: number; readonly source: string }>;

/** Milliseconds of one named duration, times a factor. */
export const lasting = (name: keyof typeof durations, times = 1): number => Math.round(durations[name].ms * times);
