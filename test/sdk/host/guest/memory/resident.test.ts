import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findPages } from "../../../../../sdk/host/guest/memory/resident.ts";
import type { ResidentPages } from "../../../../../sdk/host/state/guest-memory-record.ts";

const PAGES = 64;
const step = fc.oneof(
  fc.record({ kind: fc.constant("take" as const), wanted: fc.integer({ min: 0, max: 30 }) }),
  fc.record({ kind: fc.constant("free" as const), process: fc.nat(20) }),
);

describe("the pages of processes", () => {
  it("are never given out twice, never the kernel's, and all of them can be", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let resident: readonly ResidentPages[] = [];
        let next = 0;
        const owners = new Map<number, number>();
        steps.forEach((one, process) => {
          if (one.kind === "free") {
            resident = resident.filter((run) => run.process !== one.process);
            for (const [page, owner] of owners) if (owner === one.process) owners.delete(page);
            return;
          }
          const found = findPages(resident, next, PAGES, one.wanted);
          expect(found !== undefined).toBe(owners.size + one.wanted <= PAGES - PAGES / 4);
          for (const { first, count } of found ?? [])
            for (let page = first; page < first + count; page++) {
              expect(page >= PAGES / 4 && page < PAGES && !owners.has(page)).toBe(true);
              owners.set(page, process);
              next = page + 1;
            }
          const taken = (found ?? []).map((run) => ({ process, ...run }));
          resident = [...resident, ...taken].sort((a, b) => a.first - b.first);
        });
      }),
    );
  });
});
