import { expect, test } from "vitest";
import { vim } from "../../../sdk/vim/index.ts";

test("vim.is knows a value of the type or of a subtype by its _typeName", () => {
  const disk: vim.VirtualDevice = {
    _typeName: "VirtualDisk",
    key: 2000,
    capacityInKB: 1,
  };
  expect(vim.is(disk, "VirtualDisk")).toBe(true);
  expect(vim.is(disk, "VirtualDevice")).toBe(true);
  expect(vim.is(disk, "DynamicData")).toBe(true);
  expect(vim.is(disk, "VirtualEthernetCard")).toBe(false);
});

test("vim.is denies what does not say its type, or says one that vim25 does not have", () => {
  for (const value of [undefined, null, 1, "VirtualDisk", [], {}, { _typeName: 1 }, { _typeName: "Nonsense" }]) {
    expect(vim.is(value, "VirtualDisk")).toBe(false);
  }
});
