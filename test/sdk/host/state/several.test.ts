import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PersistentMap } from "../../../../sdk/host/cow/persistent-map.ts";
import { exclude, firstOf, include, members, type Several } from "../../../../sdk/host/state/several.ts";

describe("numbers that share a key", () => {
  it("are what was added and not taken away, in order", () => {
    const step = fc.record({ add: fc.boolean(), id: fc.integer({ min: 1, max: 8 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const table = PersistentMap.empty<Several>().asDraft();
        const model = new Set<number>();
        for (const { add, id } of steps) {
          if (add) include(table, 5, id);
          else exclude(table, 5, id);
          if (add) model.add(id);
          else model.delete(id);
          const kept = [...model].sort((a, b) => a - b);
          expect([...members(table.get(5))]).toEqual(kept);
          expect(firstOf(table.get(5))).toBe(kept[0]);
          // One is kept as it is, and none takes no room.
          expect(typeof table.get(5)).toBe(["undefined", "number"][kept.length] ?? "object");
        }
      }),
    );
  });
});
