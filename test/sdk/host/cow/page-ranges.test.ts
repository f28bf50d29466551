import fc from "fast-check";
import { expect, test } from "vitest";
import { PageRanges } from "../../../../sdk/host/cow/page-ranges.ts";

test("ranges of pages are counted, found and numbered as a list of all pages is", () => {
  const gaps = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })), { maxLength: 12 });
  fc.assert(
    fc.property(gaps, fc.nat(200), fc.nat(200), (all, from, span) => {
      const ranges: [number, number][] = [];
      const pages: number[] = [];
      let at = -1;
      for (const [gap, count] of all) {
        at += gap;
        ranges.push([at, count]);
        for (let i = 0; i < count; i++) pages.push(at++);
      }
      const set = new PageRanges(ranges);
      const missing = () => {
        let page = from;
        while (pages.includes(page)) page++;
        return page;
      };
      expect(set.total).toBe(pages.length);
      expect(set.count(from, span)).toBe(pages.filter((page) => page >= from && page < from + span).length);
      expect(set.count(from, Number.POSITIVE_INFINITY)).toBe(pages.filter((page) => page >= from).length);
      expect(set.next(from, true)).toBe(pages.find((page) => page >= from) ?? Number.POSITIVE_INFINITY);
      expect(set.next(from, false)).toBe(missing());
      expect(set.indexOf(from)).toBe(pages.filter((page) => page < from).length);
    }),
  );
});
