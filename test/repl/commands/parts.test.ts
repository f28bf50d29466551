import { chmod, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unixFormat } from "../../../repl/commands/date/unix-format.ts";
import { decodeText, encodeText, encodings } from "../../../repl/commands/file/encoding.ts";
import { writeBytes } from "../../../repl/commands/file/write-file.ts";
import { order, sameness } from "../../../repl/commands/object/order.ts";
import { Window } from "../../../repl/commands/object/window.ts";
import { DateTime, Double, PSObject } from "../../../repl/language/index.ts";
import { inDirectory } from "./run.ts";

describe("which objects of a stream Select-Object keeps", () => {
  function kept(count: number, options: ConstructorParameters<typeof Window>[0]): unknown[] {
    const window = new Window(options);
    const out: unknown[] = [];
    for (let index = 0; index < count && !window.full; index++) out.push(...window.take(index));
    return [...out, ...window.rest()];
  }
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
  const small = fc.nat(12);

  test("the first after those passed over", () => {
    fc.assert(
      fc.property(small, small, small, (count, First, Skip) => {
        expect(kept(count, { First, Skip })).toEqual(numbers(count).slice(Skip, Skip + First));
      }),
    );
  });
  test("the last before those passed over", () => {
    fc.assert(
      fc.property(fc.nat(300), small, small, (count, Last, Skip) => {
        const end = Math.max(0, count - Skip);
        expect(kept(count, { Last, Skip })).toEqual(numbers(count).slice(Math.max(0, end - Last), end));
      }),
    );
  });
  test("all but the last", () => {
    fc.assert(
      fc.property(small, small, (count, SkipLast) => {
        expect(kept(count, { SkipLast })).toEqual(numbers(Math.max(0, count - SkipLast)));
      }),
    );
  });
  test("the first and the last together, by position, and without positions", () => {
    expect(kept(9, { First: 2, Last: 2 })).toEqual([0, 1, 7, 8]);
    expect(kept(9, { Index: [4, 1, 20] })).toEqual([1, 4]);
    expect(kept(4, { SkipIndex: [0, 2] })).toEqual([1, 3]);
    expect(kept(4, { First: 0 })).toEqual([]);
  });
});

describe("order and sameness", () => {
  test("numbers by value whatever their type, text in any case, null first", () => {
    const values = ["b", "A", "a10", "a9"];
    expect(values.toSorted((left, right) => order(left, right))).toEqual(["A", "a10", "a9", "b"]);
    expect([3n, 1, new Double(2)].toSorted((left, right) => order(left, right))).toEqual([1, new Double(2), 3n]);
    expect(order(null, -1)).toBeLessThan(0);
    expect(order(1, "x")).not.toBe(0);
  });
  test("objects are the same as themselves only, text in any case unless asked", () => {
    const one = PSObject.of({ A: 1 });
    expect(sameness(one, true)).toBe(sameness(one, true));
    expect(sameness(one, true)).not.toBe(sameness(PSObject.of({ A: 1 }), true));
    expect(sameness("A", false)).toBe(sameness("a", false));
    expect(sameness("A", true)).not.toBe(sameness("a", true));
    expect(sameness(["a,b"], true)).not.toBe(sameness(["a", "b"], true));
  });
});

describe("files", () => {
  test("text comes back from every encoding that can hold it", () => {
    for (const encoding of encodings) {
      const text = /^(ascii)$/.test(encoding) ? "a\r\nb" : /^(ansi|latin1|oem)$/.test(encoding) ? "é\n" : "é😀日\n";
      expect(decodeText(encodeText(text, encoding), encoding)).toBe(text);
    }
    expect(encodeText("é😀", "ascii").toString()).toBe("??");
  });
  test("a byte order mark decides over the encoding asked for", () => {
    expect(decodeText(encodeText("é", "unicode"), "utf8")).toBe("é");
    expect(decodeText(encodeText("é", "bigendianunicode"), "utf8")).toBe("é");
    expect(decodeText(encodeText("é", "utf8BOM"), "latin1")).toBe("é");
  });
  test("a file is replaced whole, keeps its mode and leaves nothing beside it", async () => {
    await inDirectory(async (directory) => {
      const path = join(directory, "a.csv");
      await writeFile(path, "old", { mode: 0o640 });
      await symlink(path, join(directory, "link"));
      await writeBytes(join(directory, "link"), Buffer.from("new"));
      expect(await readFile(path, "utf8")).toBe("new");
      expect((await readdir(directory)).sort()).toEqual(["a.csv", "link"]);
    });
  });
  test("a read-only file, a missing directory and a directory are refused by name", async () => {
    await inDirectory(async (directory) => {
      const path = join(directory, "locked.csv");
      await writeFile(path, "old");
      await chmod(path, 0o444);
      await expect(writeBytes(path, Buffer.from("x"))).rejects.toThrow(`Access to the path '${path}' is denied.`);
      await writeBytes(path, Buffer.from("x"), { force: true });
      expect(await readFile(path, "utf8")).toBe("x");
      await expect(writeBytes(join(directory, "no", "a"), Buffer.from("x"))).rejects.toThrow(/no directory/);
      await expect(writeBytes(directory, Buffer.from("x"))).rejects.toThrow(/is a directory/);
      await expect(writeBytes(path, Buffer.from("y"), { noClobber: true })).rejects.toThrow(/already exists/);
    });
  });
});

describe("Unix date formats", () => {
  test("follow the calendar", () => {
    const date = new DateTime(Date.UTC(2024, 0, 1, 13, 5, 9));
    expect(unixFormat(date, "+%Y-%m-%d %H:%M:%S %p %I %j %u %a %b %e %y %V %G")).toBe(
      "2024-01-01 13:05:09 PM 01 001 1 Mon Jan  1 24 01 2024",
    );
    expect(unixFormat(new DateTime(Date.UTC(2023, 0, 1)), "%V %G %U %W %w")).toBe("52 2022 01 00 0");
    expect(unixFormat(date, "%%%q%n")).toBe("%q\n");
  });
});
