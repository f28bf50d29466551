import { describe, expect, test } from "vitest";
import { PageStore } from "../../../../sdk/host/cow/page-store.ts";

const PAGE = 4096;

const bytes = (length: number, value: number) => new Uint8Array(length).fill(value);

describe("arguments that make no sense are refused by name", () => {
  const store = new PageStore();
  const space = store.create({ bytes: 2 * PAGE, owner: 1, account: 0 });
  const released = store.create({ bytes: PAGE, owner: 1, account: 0 });
  store.release(released);
  const cases: readonly [string, () => unknown, string][] = [
    ["a handle never given", () => store.figures(999), "999"],
    ["a handle given up", () => store.read(released, 0, 1), `${released}`],
    ["a handle of 0", () => store.owner(0), "0"],
    ["a negative handle", () => store.release(-1), "-1"],
    ["half a handle", () => store.fork(1.5, 1, 0), "1.5"],
    ["a handle beyond all tables", () => store.owner(2 ** 40 + 1), "1099511627777"],
    ["an address past the end", () => store.read(space, 2 * PAGE + 1, 0), "address"],
    ["a negative address", () => store.write(space, -1, bytes(1, 1)), "address"],
    ["half an address", () => store.readInto(space, 0.5, bytes(1, 1)), "address"],
    ["a range past the end", () => store.write(space, PAGE, bytes(PAGE + 1, 1)), "length"],
    ["a negative length", () => store.read(space, 0, -1), "length"],
    ["no number for a length", () => store.cost(space, 0, Number.NaN), "NaN"],
    ["a size that is no number of pages", () => store.create({ bytes: 100, owner: 1, account: 0 }), "bytes"],
    ["a negative size", () => store.create({ bytes: -PAGE, owner: 1, account: 0 }), "bytes"],
    ["a size above 64 TiB", () => store.create({ bytes: 2 ** 46 + PAGE, owner: 1, account: 0 }), "bytes"],
    ["a broken seed", () => store.create({ bytes: PAGE, owner: 1, account: 0, seed: 0.1 }), "seed"],
    ["a negative owner", () => store.create({ bytes: PAGE, owner: -1, account: 0 }), "owner"],
    ["too large an owner", () => store.setOwner(space, 2 ** 32), "owner"],
    ["too large an account", () => store.fork(space, 1, 65536), "account"],
    ["a negative account", () => store.account(-1), "account"],
    ["half an account", () => store.setAccount(space, 1.5), "account"],
  ];
  test.each(cases)("%s", (_, call, named) => {
    expect(call).toThrow(RangeError);
    expect(call).toThrow(named);
    expect(store.figures(space)).toEqual({ size: 2 * PAGE, mapped: 0, private: 0, shared: 0 });
  });
});
