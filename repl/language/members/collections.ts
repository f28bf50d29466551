import { compare, equals } from "../operators/compare.ts";
import { DictionaryEntry, type Hashtable } from "../values/hashtable.ts";
import { itemsOf } from "../values/items.ts";
import type { List } from "../values/list.ts";
import { NOTHING } from "../values/nothing.ts";
import type { Value } from "../values/value.ts";
import { intAt, problem } from "./arguments.ts";
import { MemberTable } from "./table.ts";

export const ARRAY_MEMBERS = new MemberTable<Value[]>(
  {
    Length: (self) => self.length,
    LongLength: (self) => BigInt(self.length),
    Count: (self) => self.length,
    Rank: () => 1,
    IsFixedSize: () => true,
    IsReadOnly: () => false,
    SyncRoot: (self) => self,
  },
  {
    Clone: (self) => [...self],
    Contains: (self, args) => self.some((item) => equals(item, args[0] ?? null, true)),
    CopyTo: (self, args) => copyTo(self, args),
    Equals: (self, args) => self === args[0],
    Get: (self, args) => self[intAt(args, 0)] ?? null,
    GetEnumerator: (self) => [...self],
    GetLength: (self) => self.length,
    GetLowerBound: () => 0,
    GetUpperBound: (self) => self.length - 1,
    GetValue: (self, args) => self[intAt(args, 0)] ?? null,
    IndexOf: (self, args) => self.findIndex((item) => equals(item, args[0] ?? null, true)),
    Set: (self, args) => assign(self, args[0] ?? 0, args[1] ?? null),
    SetValue: (self, args) => assign(self, args[1] ?? 0, args[0] ?? null),
    Add: () => fixedSize(),
    Remove: () => fixedSize(),
    RemoveAt: () => fixedSize(),
    Insert: () => fixedSize(),
    Clear(self) {
      self.fill(null);
      return NOTHING;
    },
  },
);

/** What a method that returns nothing has done. */
function nothing(_done: unknown): Value {
  return NOTHING;
}

function fixedSize(): never {
  throw problem("System.NotSupportedException", "Collection was of a fixed size.");
}

function assign(self: Value[], index: Value, value: Value): Value {
  self[intAt([index], 0)] = value;
  return NOTHING;
}

function copyTo(self: readonly Value[], args: readonly Value[]): Value {
  const target = args[0];
  const offset = intAt(args, 1);
  if (Array.isArray(target)) for (const [index, item] of self.entries()) target[index + offset] = item;
  return NOTHING;
}

function itemsAt(args: readonly Value[], index: number): readonly Value[] {
  const value = args[index] ?? null;
  return itemsOf(value) ?? [value];
}

function inRange(self: List, index: number): number {
  if (index >= 0 && index < self.items.length) return index;
  throw problem(
    "System.ArgumentOutOfRangeException",
    "Index was out of range. Must be non-negative and less than the size of the collection. (Parameter 'index')",
  );
}

/** Generic lists give nothing back from `Add`; an ArrayList gives the index. */
function isGeneric(self: List): boolean {
  return self.typeName.includes("Generic");
}

function first(self: List, from: "start" | "end"): Value {
  if (self.items.length === 0) throw problem("System.InvalidOperationException", "The collection is empty.");
  return (from === "start" ? self.items.shift() : self.items.pop()) ?? null;
}

export const LIST_MEMBERS = new MemberTable<List>(
  {
    Count: (self) => self.items.length,
    Capacity: (self) => Math.max(4, self.items.length),
    IsFixedSize: () => false,
    IsReadOnly: () => false,
  },
  {
    Add: (self, args) => (isGeneric(self) ? addUnique(self, args[0] ?? null) : self.items.push(args[0] ?? null) - 1),
    AddRange(self, args) {
      for (const item of itemsAt(args, 0)) self.items.push(self.held(item));
      return NOTHING;
    },
    Clear(self) {
      self.items.length = 0;
      return NOTHING;
    },
    Clone: (self) => [...self.items],
    Contains: (self, args) => self.items.some((item) => equals(item, args[0] ?? null, true)),
    Dequeue: (self) => first(self, "start"),
    Enqueue: (self, args) => nothing(self.items.push(self.held(args[0] ?? null))),
    GetEnumerator: (self) => [...self.items],
    GetRange: (self, args) => self.items.slice(intAt(args, 0), intAt(args, 0) + intAt(args, 1)),
    IndexOf: (self, args) => self.items.findIndex((item) => equals(item, args[0] ?? null, true)),
    Insert: (self, args) => nothing(self.items.splice(intAt(args, 0), 0, self.held(args[1] ?? null))),
    InsertRange: (self, args) => nothing(self.items.splice(intAt(args, 0), 0, ...itemsAt(args, 1))),
    Item: (self, args) => self.items[inRange(self, intAt(args, 0))] ?? null,
    Peek: (self) => (self.typeName.includes("Stack") ? self.items.at(-1) : self.items[0]) ?? null,
    Pop: (self) => first(self, "end"),
    Push: (self, args) => nothing(self.items.push(self.held(args[0] ?? null))),
    Remove: (self, args) => remove(self, args[0] ?? null),
    RemoveAt: (self, args) => nothing(self.items.splice(inRange(self, intAt(args, 0)), 1)),
    RemoveRange: (self, args) => nothing(self.items.splice(intAt(args, 0), intAt(args, 1))),
    Reverse: (self) => nothing(self.items.reverse()),
    Sort: (self) => nothing(self.items.sort((left, right) => compare(left, right))),
    ToArray: (self) => [...self.items],
  },
);

/** A HashSet takes each value once and says whether it was new. */
function addUnique(self: List, value: Value): Value {
  const converted = self.held(value);
  if (!self.typeName.includes("HashSet")) {
    self.items.push(converted);
    return NOTHING;
  }
  if (self.items.some((item) => equals(item, converted, true))) return false;
  self.items.push(converted);
  return true;
}

function remove(self: List, value: Value): Value {
  const at = self.items.findIndex((item) => equals(item, value, true));
  if (at >= 0) self.items.splice(at, 1);
  return isGeneric(self) ? at >= 0 : NOTHING;
}

export const HASHTABLE_MEMBERS = new MemberTable<Hashtable>(
  {
    Count: (self) => self.size,
    Keys: (self) => [...self.keys()],
    Values: (self) => [...self.values()],
    IsFixedSize: () => false,
    IsReadOnly: () => false,
  },
  {
    Add(self, args) {
      const key = args[0] ?? null;
      if (self.has(key))
        throw problem(
          "System.ArgumentException",
          `Item has already been added. Key in dictionary: '${String(key)}'  Key being added: '${String(key)}'`,
        );
      self.set(key, args[1] ?? null);
      return NOTHING;
    },
    Clear: (self) => nothing(self.clear()),
    Clone: (self) => self.copy(),
    Contains: (self, args) => self.has(args[0] ?? null),
    ContainsKey: (self, args) => self.has(args[0] ?? null),
    ContainsValue: (self, args) => [...self.values()].some((value) => equals(value, args[0] ?? null, true)),
    GetEnumerator: (self) => [...self.entries()].map(([key, value]) => new DictionaryEntry(key, value)),
    Item: (self, args) => self.get(args[0] ?? null) ?? null,
    Remove: (self, args) => (self.caseSensitive ? self.delete(args[0] ?? null) : nothing(self.delete(args[0] ?? null))),
  },
);

export const ENTRY_MEMBERS = new MemberTable<DictionaryEntry>({
  Name: (self) => self.key,
  Key: (self) => self.key,
  Value: (self) => self.value,
});
