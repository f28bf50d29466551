import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type MapDraft, type Measure, PersistentMap } from "../../../../sdk/host/cow/persistent-map.ts";

type Model = ReadonlyMap<number, number>;
interface Version {
  readonly map: PersistentMap<number>;
  readonly model: Model;
}

const bytes: Measure<number> = {
  zero: 0,
  of: (value, key) => value * 3 + (key % 7),
};
const empty: Version = { map: PersistentMap.empty(bytes), model: new Map() };

/** Keys as an inventory has them, and keys at every edge of 32-bit arithmetic. */
const key = fc.oneof(
  { weight: 6, arbitrary: fc.nat(150) },
  { weight: 2, arbitrary: fc.nat(40_000) },
  { weight: 1, arbitrary: fc.maxSafeNat() },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom(30, 31, 32, 35, 52), fc.nat(70)).map(([e, n]) => 2 ** e - 35 + n),
  },
  { weight: 1, arbitrary: fc.nat(40).map((n) => Number.MAX_SAFE_INTEGER - n) },
);
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ type: fc.constant("set"), key, value: fc.nat(3) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant("delete"), key, value: fc.nat() }),
  },
);
type Step = { type: string; key: number; value: number };
/** Steps made together in one draft or one by one, on the version that `back` versions ago was the newest. */
const round = fc.record({
  together: fc.boolean(),
  back: fc.nat(3),
  steps: fc.array(step, { maxLength: 60, size: "max" }),
});

function apply(version: Version, steps: readonly Step[], together: boolean): Version {
  const model = new Map(version.model);
  let map = version.map;
  const draft = together ? map.asDraft() : undefined;
  for (const { type, key, value } of steps) {
    // Half of the deletions hit a key that is there.
    const near = type === "delete" && value % 2 === 0 ? (ascending(model)[value % (model.size || 1)]?.[0] ?? key) : key;
    if (type === "set") model.set(near, value);
    else expect(draft?.delete(near) ?? map.has(near)).toBe(model.delete(near));
    if (draft === undefined) map = type === "set" ? map.set(near, value) : map.delete(near);
    else if (type === "set") draft.set(near, value);
    const now = draft ?? map;
    expect([now.size, now.has(near), now.get(near)]).toEqual([model.size, model.has(near), model.get(near)]);
  }
  return { map: draft?.freeze() ?? map, model };
}

function ascending(model: Model): [number, number][] {
  return [...model].sort(([a], [b]) => a - b);
}

function differences(before: Model, after: Model): [number, number | undefined, number | undefined][] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort((a, b) => a - b)
    .filter((key) => before.get(key) !== after.get(key))
    .map((key) => [key, before.get(key), after.get(key)]);
}

function diff<V>(before: PersistentMap<V>, after: PersistentMap<V>) {
  const found: [number, V | undefined, V | undefined][] = [];
  PersistentMap.diff(before, after, (key, was, is) => found.push([key, was, is]));
  return found;
}

function dense(size: number, measure?: Measure<number>): PersistentMap<number> {
  return PersistentMap.empty(measure).edit((draft) => {
    for (let i = 0; i < size; i++) draft.set(i, i);
  });
}

describe("PersistentMap, against a plain Map", () => {
  it("holds what was set and not deleted, in ascending order, in every version at once", () => {
    fc.assert(
      fc.property(fc.array(round, { maxLength: 12, size: "max" }), (rounds) => {
        const versions = [empty];
        for (const { together, back, steps } of rounds) {
          versions.push(apply(versions.at(-1 - (back % versions.length)) ?? empty, steps, together));
        }
        for (const { map, model } of versions) {
          const entries = ascending(model);
          expect([...map]).toEqual(entries);
          expect([...map.keys()]).toEqual(entries.map(([key]) => key));
          expect([...map.values()]).toEqual(entries.map(([, value]) => value));
          expect([map.firstKey(), map.lastKey()]).toEqual([entries[0]?.[0], entries.at(-1)?.[0]]);
          expect(map.total).toBe(entries.reduce((sum, [key, value]) => sum + bytes.of(value, key), 0));
        }
      }),
      { numRuns: 250 },
    );
  });

  it("reports between any two versions exactly the keys that differ, ascending", () => {
    fc.assert(
      fc.property(fc.array(round, { minLength: 1, maxLength: 8, size: "max" }), (rounds) => {
        const versions = [empty];
        for (const { together, back, steps } of rounds) {
          versions.push(apply(versions.at(-1 - (back % versions.length)) ?? empty, steps, together));
        }
        for (const a of versions) {
          for (const b of versions) expect(diff(a.map, b.map)).toEqual(differences(a.model, b.model));
        }
      }),
      { numRuns: 120 },
    );
  });

  it("takes the same shape for the same keys, however they came about", () => {
    fc.assert(
      fc.property(fc.array(round, { maxLength: 6, size: "max" }), (rounds) => {
        let version = empty;
        for (const { together, steps } of rounds) version = apply(version, steps, together);
        const anew = PersistentMap.empty<number>().edit((draft) => {
          for (const [key, value] of version.model) draft.set(key, value);
        });
        expect(shape(version.map)).toBe(shape(anew));
      }),
    );
  });

  it("iterates from any key on", () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 80 }), key, fc.nat(9), (keys, from, index) => {
        const map = PersistentMap.empty<number>().edit((draft) => {
          for (const key of keys) draft.set(key, 1);
        });
        for (const start of [from, keys[index] ?? 0, 0]) {
          const expected = [...new Set(keys)].filter((key) => key >= start).sort((a, b) => a - b);
          expect([...map.from(start)].map(([key]) => key)).toEqual(expected);
        }
      }),
    );
  });
});

describe("PersistentMap", () => {
  it("is the very same map after a change that changes nothing", () => {
    const map = dense(100).set(5, Number.NaN);
    expect(map.set(5, Number.NaN)).toBe(map);
    expect(map.set(7, 7)).toBe(map);
    expect(map.delete(100)).toBe(map);
    expect(map.delete(2 ** 40)).toBe(map);
    expect(map.edit(() => {})).toBe(map);
    expect(map.edit((draft) => draft.set(7, 7).delete(4711))).toBe(map);
    expect(map.set(7, -0).set(7, 0).get(7)).toBe(0);
  });

  it("tells an entry whose value is undefined from no entry", () => {
    const map = PersistentMap.empty<undefined>().set(3, undefined);
    expect([map.size, map.has(3), map.has(4)]).toEqual([1, true, false]);
    expect(diff(PersistentMap.empty<undefined>(), map)).toEqual([[3, undefined, undefined]]);
    expect(diff(map, map.set(4, undefined))).toEqual([[4, undefined, undefined]]);
    expect(map.delete(3).size).toBe(0);
  });

  it("refuses a key that is not a non-negative safe integer, and finds nothing under one", () => {
    const map = dense(40);
    for (const key of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      expect(() => map.set(key, 1)).toThrow(
        new RangeError(`a PersistentMap key is a non-negative safe integer, not ${key}`),
      );
      expect([map.get(key), map.has(key), map.delete(key)]).toEqual([undefined, false, map]);
    }
  });

  it("shares with its successor everything but the changed entry's path", () => {
    let asked = 0;
    const measure: Measure<number> = {
      zero: 10,
      of(value) {
        asked++;
        return value;
      },
    };
    const map = dense(100_000, measure);
    const total = map.total;
    expect([total, asked]).toEqual([10 + (100_000 * 99_999) / 2, 100_000]);
    asked = 0;
    expect(map.set(50_000, 0).total).toBe(total - 50_000);
    expect(asked).toBe(32);
    expect(map.total).toBe(total);
    expect(asked).toBe(32);
  });

  it("finds one difference among many entries far quicker than it passes over them all", () => {
    const map = dense(200_000);
    const other = map.set(123_456, -1);
    const passing = elapsed(() => {
      for (const value of map.values()) if (value < 0) throw new Error("not that map");
    });
    const comparing = elapsed(() => {
      expect(diff(map, other)).toEqual([[123_456, 123_456, -1]]);
      expect(diff(map, map)).toEqual([]);
    });
    expect(comparing).toBeLessThan(passing / 3);
  });

  it("counts its entries as its total when it has no measure", () => {
    expect(dense(33).total).toBe(33);
    expect(PersistentMap.empty({ zero: 5, of: () => 1 }).total).toBe(5);
  });

  it("is empty again, and equal to the empty map, when everything is deleted", () => {
    const map = dense(2_000).set(2 ** 45, 1);
    const rest = map.edit((draft) => {
      for (const key of map.keys()) draft.delete(key);
    });
    expect([rest.size, rest.firstKey(), rest.lastKey(), [...rest]]).toEqual([0, undefined, undefined, []]);
    expect(diff(rest, PersistentMap.empty<number>())).toEqual([]);
  });

  it("is readable where values of a wider type are expected", () => {
    const narrow: PersistentMap<"on"> = PersistentMap.empty<"on">().set(1, "on");
    const wide: PersistentMap<string> = narrow;
    expect(wide.get(1)).toBe("on");
  });
});

describe("a draft of a PersistentMap", () => {
  it("never touches the map it came from, nor a snapshot of itself", () => {
    const map = dense(70);
    const draft = map.asDraft().set(0, -1).set(1000, 1);
    draft.delete(69);
    const first = draft.snapshot();
    draft.set(0, -2).set(1, -2).set(1001, 1).delete(1000);
    expect(draft.size).toBe(70);
    const second = draft.freeze();
    expect([...map]).toEqual([...dense(70)]);
    expect(diff(map, first)).toEqual([
      [0, 0, -1],
      [69, 69, undefined],
      [1000, undefined, 1],
    ]);
    expect(diff(first, second)).toEqual([
      [0, -1, -2],
      [1, 1, -2],
      [1000, 1, undefined],
      [1001, undefined, 1],
    ]);
  });

  it("sums anew after a snapshot's total was asked", () => {
    const draft = dense(5000, { zero: 0, of: (value) => value }).asDraft();
    const before = draft.snapshot().total;
    expect(draft.set(0, 7).snapshot().total).toBe(before + 7);
    expect(draft.set(0, 9).freeze().total).toBe(before + 9);
  });

  it("cannot be used once it is frozen", () => {
    const draft = dense(3).asDraft();
    draft.set(1, 5);
    expect(draft.freeze().get(1)).toBe(5);
    const uses: ((draft: MapDraft<number>) => unknown)[] = [
      (d) => d.get(1),
      (d) => d.has(1),
      (d) => d.size,
      (d) => d.set(1, 6),
      (d) => d.delete(1),
      (d) => d.snapshot(),
      (d) => d.freeze(),
    ];
    for (const use of uses) expect(() => use(draft)).toThrow("this draft was frozen");
  });

  it("leaves nothing behind when the change throws", () => {
    const map = dense(50);
    const change = (draft: MapDraft<number>) => {
      draft.set(3, -1);
      throw new Error("no space");
    };
    expect(() => map.edit(change)).toThrow("no space");
    expect([...map]).toEqual([...dense(50)]);
  });
});

/** The tree as text, without who owns a node and which sums it remembers: no public call shows how the nodes lie. */
function shape(map: PersistentMap<number>): string {
  return JSON.stringify(map.root, (name, value) => (name === "owner" || name === "sum" ? undefined : value)) ?? "";
}

function elapsed(work: () => void): number {
  work();
  const start = performance.now();
  for (let i = 0; i < 5; i++) work();
  return performance.now() - start;
}
