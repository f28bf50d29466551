import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { most, noPages, pagesIn, union, withPages } from "../../../../../sdk/host/guest/memory/sample.ts";

const pages = fc.array(fc.integer({ min: 0, max: 2 ** 24 - 1 }), { maxLength: 200 });
const sampleOf = (numbers: readonly number[]) => numbers.reduce((sample, page) => withPages(sample, page, 1), noPages);

describe("a sample of the pages that were touched", () => {
  it("counts up to 256 different pages exactly, however often each is touched", () => {
    fc.assert(
      fc.property(pages, (numbers) => {
        expect(pagesIn(sampleOf([...numbers, ...numbers]))).toBe(new Set(numbers).size);
      }),
    );
  });

  it("is that of all pages when samples are put together, in whatever order they came", () => {
    fc.assert(
      fc.property(pages, pages, (one, other) => {
        expect(union([sampleOf(one), sampleOf(other)])).toEqual(sampleOf([...other, ...one]));
      }),
    );
  });

  it("stays small, and is right to a fifth for many pages", () => {
    for (const count of [1_000, 20_000, 500_000]) {
      const sample = withPages(noPages, 12_345, count);
      expect(sample.length).toBe(most);
      expect(Math.abs(pagesIn(sample) / count - 1)).toBeLessThan(0.2);
    }
  });

  it("is the same when nothing new was touched", () => {
    const sample = withPages(noPages, 7, 1000);
    expect(withPages(sample, 100, 500)).toBe(sample);
  });
});
