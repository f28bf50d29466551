import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type IndexDraft, PersistentIndex } from "../../../../sdk/host/cow/persistent-index.ts";
import { placeOf, textHash } from "../../../../sdk/host/cow/text-hash.ts";

type Model = ReadonlyMap<string, number>;
interface Version {
  readonly index: PersistentIndex<number>;
  readonly model: Model;
}

const empty: Version = { index: PersistentIndex.empty(), model: new Map() };
/** Many names with one and the same hash, as somebody would choose them who wants to do harm. */
const colliding = collisions(5).map((prefix) => `${prefix}00`);
/** Names whose hash differs from theirs in the last twelve bits only: it takes several levels to tell them apart. */
const close = neighbours(colliding[0] ?? "", 4);

const name = fc.oneof(
  { weight: 4, arbitrary: fc.nat(300).map((n) => `desk-${n}`) },
  { weight: 3, arbitrary: fc.constantFrom(...colliding, ...close) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 5 }) },
);
const step = fc.record({
  type: fc.constantFrom("set", "set", "delete"),
  key: name,
  value: fc.nat(3),
});
type Step = { type: string; key: string; value: number };
/** Steps made together in one draft or one by one, on the version that `back` versions ago was the newest. */
const round = fc.record({
  together: fc.boolean(),
  back: fc.nat(3),
  steps: fc.array(step, { maxLength: 120, size: "max" }),
  deleted: fc.nat(4),
});
type Round = {
  together: boolean;
  back: number;
  steps: Step[];
  deleted: number;
};

function apply(version: Version, { steps, together, deleted }: Round): Version {
  const model = new Map(version.model);
  let index = version.index;
  const draft = together ? index.asDraft() : undefined;
  // Now and then most of the names go, so that what had to be split is put together again.
  const doomed = deleted === 0 ? [...model.keys()].slice(3).map((key) => ({ type: "delete", key, value: 0 })) : [];
  for (const { type, key, value } of [...doomed, ...steps]) {
    if (type === "set") model.set(key, value);
    else expect(draft?.delete(key) ?? index.has(key)).toBe(model.delete(key));
    if (draft === undefined) index = type === "set" ? index.set(key, value) : index.delete(key);
    else if (type === "set") draft.set(key, value);
    const now = draft ?? index;
    expect([now.size, now.has(key), now.get(key)]).toEqual([model.size, model.has(key), model.get(key)]);
  }
  return { index: draft?.freeze() ?? index, model };
}

function history(rounds: readonly Round[]): Version[] {
  const versions = [empty];
  for (const round of rounds) versions.push(apply(versions.at(-1 - (round.back % versions.length)) ?? empty, round));
  return versions;
}

function differences(before: Model, after: Model) {
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
  return keys.filter((key) => before.get(key) !== after.get(key)).map((key) => [key, before.get(key), after.get(key)]);
}

function diff<V>(before: PersistentIndex<V>, after: PersistentIndex<V>) {
  const found: [string, V | undefined, V | undefined][] = [];
  PersistentIndex.diff(before, after, (key, was, is) => found.push([key, was, is]));
  return found;
}

function byKey<T extends readonly [string, ...unknown[]]>(rows: Iterable<T>): T[] {
  return [...rows].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

function named(names: Iterable<string>): PersistentIndex<number> {
  return PersistentIndex.empty<number>().edit((draft) => {
    for (const name of names) draft.set(name, name.length);
  });
}

describe("PersistentIndex, against a plain Map", () => {
  it("holds what was set and not deleted, in every version at once", () => {
    fc.assert(
      fc.property(fc.array(round, { maxLength: 10, size: "max" }), (rounds) => {
        for (const { index, model } of history(rounds)) {
          expect(byKey(index)).toEqual(byKey(model));
          expect([...index.keys()]).toEqual([...index].map(([key]) => key));
          expect([...index.values()]).toEqual([...index].map(([, value]) => value));
          for (const name of colliding) expect(index.get(name)).toBe(model.get(name));
        }
      }),
      { numRuns: 120 },
    );
  });

  it("reports between any two versions exactly the keys that differ, each once", () => {
    fc.assert(
      fc.property(fc.array(round, { minLength: 1, maxLength: 6, size: "max" }), (rounds) => {
        const versions = history(rounds);
        for (const a of versions) {
          for (const b of versions) expect(byKey(diff(a.index, b.index))).toEqual(differences(a.model, b.model));
        }
      }),
      { numRuns: 100 },
    );
  });

  it("takes the same shape and order for the same keys, however they came about", () => {
    fc.assert(
      fc.property(fc.array(round, { maxLength: 6, size: "max" }), (rounds) => {
        const { index, model } = history(rounds).at(-1) ?? empty;
        const anew = PersistentIndex.empty<number>().edit((draft) => {
          for (const [key, value] of byKey(model)) draft.set(key, value);
        });
        expect(shape(index)).toBe(shape(anew));
        expect([...index]).toEqual([...anew]);
        expect(diff(empty.index, index)).toEqual([...index].map(([key, value]) => [key, undefined, value]));
      }),
      { numRuns: 100 },
    );
  });
});

describe("PersistentIndex", () => {
  it("is the very same index after a change that changes nothing", () => {
    const index = named(["golden", "web-01", ...colliding]);
    expect(index.set("golden", 6)).toBe(index);
    expect(index.delete("desk-1")).toBe(index);
    expect(index.edit((draft) => draft.set("golden", 6).delete("desk-1"))).toBe(index);
  });

  it("keeps names apart that look alike", () => {
    const alike = [
      "",
      "0",
      "constructor",
      "__proto__",
      "\u0000",
      "a",
      "A",
      "é",
      "e\u0301",
      "\ud800",
      "😀",
      "a/b",
      "a%2fb",
    ];
    const index = PersistentIndex.empty<string>().edit((draft) => {
      for (const name of alike) draft.set(name, `<${name}>`);
    });
    expect(index.size).toBe(alike.length);
    for (const name of alike) expect(index.get(name)).toBe(`<${name}>`);
    expect(PersistentIndex.empty<string>().get("__proto__")).toBeUndefined();
  });

  it("tells an entry whose value is undefined from no entry", () => {
    const index = PersistentIndex.empty<undefined>().set("x", undefined);
    expect([index.size, index.has("x"), index.has("y")]).toEqual([1, true, false]);
    expect(diff(PersistentIndex.empty<undefined>(), index)).toEqual([["x", undefined, undefined]]);
  });

  it("stays right when every name has the same hash", () => {
    expect(new Set(colliding.map(placeOf)).size).toBe(1);
    expect(new Set(colliding).size).toBe(32);
    let index = named(colliding);
    expect([...index.keys()]).toEqual([...colliding].sort());
    for (const somebody of ["somebody else", ...close]) {
      const other = index.set(somebody, 1);
      for (const name of colliding) expect(other.get(name)).toBe(name.length);
      expect(diff(other, index)).toEqual([[somebody, 1, undefined]]);
      expect(diff(other.delete(somebody), index)).toEqual([]);
    }
    for (const name of colliding) index = index.delete(name);
    expect([index.size, [...index]]).toEqual([0, []]);
  });

  it("finds one difference among many entries far quicker than it passes over them all", () => {
    const index = named(Array.from({ length: 100_000 }, (_, i) => `desk-${i}`));
    const other = index.delete("desk-777").set("desk-778", -1);
    const passing = elapsed(() => {
      for (const value of index.values()) if (value < 0) throw new Error("not that index");
    });
    const comparing = elapsed(() => {
      expect(byKey(diff(index, other))).toEqual([
        ["desk-777", 8, undefined],
        ["desk-778", 8, -1],
      ]);
    });
    expect(comparing).toBeLessThan(passing / 3);
  });
});

describe("a draft of a PersistentIndex", () => {
  it("never touches the index it came from, nor a snapshot of itself", () => {
    const names = Array.from({ length: 200 }, (_, i) => `vm-${i}`);
    const index = named(names);
    const draft = index.asDraft().set("vm-1", -1).set("new", 1);
    draft.delete("vm-2");
    const first = draft.snapshot();
    draft.set("vm-1", -2).set("vm-3", -2).delete("new");
    expect(draft.size).toBe(199);
    const second = draft.freeze();
    expect(byKey(index)).toEqual(byKey(named(names)));
    expect(byKey(diff(index, first))).toEqual([
      ["new", undefined, 1],
      ["vm-1", 4, -1],
      ["vm-2", 4, undefined],
    ]);
    expect(byKey(diff(first, second))).toEqual([
      ["new", 1, undefined],
      ["vm-1", -1, -2],
      ["vm-3", 4, -2],
    ]);
  });

  it("cannot be used once it is frozen", () => {
    const draft = named(["a"]).asDraft();
    draft.freeze();
    const uses: ((draft: IndexDraft<number>) => unknown)[] = [
      (d) => d.get("a"),
      (d) => d.has("a"),
      (d) => d.size,
      (d) => d.set("a", 6),
      (d) => d.delete("a"),
      (d) => d.snapshot(),
      (d) => d.freeze(),
    ];
    for (const use of uses) expect(() => use(draft)).toThrow("this draft was frozen");
  });
});

describe("the hash of a name", () => {
  it.each([
    ["numbered names", (i: number) => `desk-${String(i).padStart(6, "0")}`],
    ["UUIDs that count up", (i: number) => `564d0000-0000-0000-0000-${i.toString(16).padStart(12, "0")}`],
    ["addresses", (i: number) => `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`],
    ["paths", (i: number) => `[shared] desk-${i}/desk-${i}.vmdk`],
  ])("spreads %s as chance would", (_kind, nameOf) => {
    const hashes = Array.from({ length: 100_000 }, (_, i) => textHash(nameOf(i)));
    // Chance alone makes 4 or 5 of 100,000 collide in 30 bits.
    expect(hashes.length - new Set(hashes).size).toBeLessThan(20);
    const slots = new Array<number>(1024).fill(0);
    for (const hash of hashes) slots[hash >>> 20] = (slots[hash >>> 20] ?? 0) + 1;
    const chi = slots.reduce((sum, n) => sum + (n - 100_000 / 1024) ** 2 / (100_000 / 1024), 0);
    expect(chi).toBeLessThan(1024 + 5 * Math.sqrt(2 * 1024));
  });
});

describe("the place of a name in an index", () => {
  it("is next to that of the name before, where names count up", () => {
    for (const nameOf of [(i: number) => `desk-${i}`, (i: number) => `desk-${i}.lab.local`]) {
      const corners = new Set(Array.from({ length: 100 }, (_, i) => placeOf(nameOf(4200 + i)) >>> 10));
      expect(corners.size).toBe(1);
      const places = Array.from({ length: 100_000 }, (_, i) => placeOf(nameOf(i)));
      expect(places.length - new Set(places).size).toBeLessThan(500);
    }
  });

  it("has none but chance to share it with, where the last number is always the same", () => {
    const places = Array.from({ length: 100_000 }, (_, i) => placeOf(`desk-${i}/disk-000001.vmdk`));
    const most = places.reduce((counts, place) => counts.set(place, (counts.get(place) ?? 0) + 1), new Map());
    expect(Math.max(...most.values())).toBeLessThan(8);
  });
});

/** 2 ** doublings strings with equal hashes: blocks that bring the hash into the same state, in every combination. */
function collisions(doublings: number): string[] {
  let random = 1;
  let all = [""];
  for (let i = 0; i < doublings; i++) {
    const before = all[0] ?? "";
    const seen = new Map<number, string>();
    for (let found = false; !found; ) {
      random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0;
      const block = random.toString(36).padStart(7, "0");
      const hash = textHash(before + block);
      const other = seen.get(hash);
      seen.set(hash, block);
      if (other === undefined || other === block) continue;
      // Equal hashes may come from different states; if they stay equal whatever follows, the states are equal.
      found = ["x", "y", "z"].every((tail) => textHash(before + block + tail) === textHash(before + other + tail));
      if (found) all = all.flatMap((text) => [text + block, text + other]);
    }
  }
  return all;
}

function neighbours(name: string, count: number): string[] {
  const found: string[] = [];
  for (let i = 0; found.length < count; i++) {
    const distance = placeOf(`n${i}`) ^ placeOf(name);
    if (distance > 0 && distance < 2 ** 12) found.push(`n${i}`);
  }
  return found;
}

/** The tree as text, without who owns a node: no public call shows how the nodes lie. */
function shape(index: PersistentIndex<number>): string {
  return JSON.stringify(index.root, (name, value) => (name === "owner" ? undefined : value));
}

function elapsed(work: () => void): number {
  work();
  const start = performance.now();
  for (let i = 0; i < 5; i++) work();
  return performance.now() - start;
}
