import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scriptOf } from "../../../../../sdk/host/guest/operations/script-of.ts";
import { wordsOf } from "../../../../../sdk/host/guest/operations/words.ts";
import { quoted } from "../../../../../sdk/host/guest/program/quote.ts";
import { MemoryFiles } from "./memory-files.ts";

describe("arguments, read without a shell", () => {
  test.each([
    ["a  b", ["a", "b"], ""],
    [`'a b' "c \\"d\\" \\x" e\\ f`, ["a b", 'c "d" \\x', "e f"], ""],
    [`-c 'echo hi; exit 3' > /tmp/out 2>&1`, ["-c", "echo hi; exit 3"], "> /tmp/out 2>&1"],
    ["a > '/tmp/x y' 2> /tmp/err b", ["a", "b"], "> '/tmp/x y' 2> /tmp/err"],
    ["x &>> /tmp/all ''", ["x", ""], "&>> /tmp/all"],
    ["", [], ""],
    ["it's", undefined, ""],
    ["$HOME", undefined, ""],
    ['"`id`"', undefined, ""],
    ["*.txt", undefined, ""],
    ["~/x", undefined, ""],
    ["a | b", undefined, ""],
    ["a; b", undefined, ""],
    ["< /etc/passwd", undefined, ""],
    ["a &", undefined, ""],
    ["> $OUT", undefined, ""],
    ["a\nb", undefined, ""],
  ])("%j", (text, words, redirections) => {
    expect(wordsOf(text)).toEqual(words && { words, redirections });
  });

  test("are what was quoted", () => {
    const word = fc.string({ unit: "binary", maxLength: 12 }).filter((text) => !text.includes("\0"));
    fc.assert(
      fc.property(fc.array(word), (words) => {
        expect(wordsOf(words.map(quoted).join(" "))).toEqual({ words, redirections: "" });
      }),
    );
  });
});

describe("the script that a program is", () => {
  const files = new MemoryFiles({
    "/root/a.sh": "echo a",
    "/root/b.sh": "#!/bin/bash -e\necho b",
    "/root/c.sh": "#!/usr/bin/env bash\necho c",
    "/root/d.py": "#!/usr/bin/env python3\nprint()",
    "/bin/cat": "\u007fELF\0",
  });
  const of = (programPath: string, args: string) => scriptOf(files, { programPath, arguments: args }, "/root");
  test.each([
    ["/bin/bash", "-c 'echo hi' > /tmp/x 2>&1", "exec > /tmp/x 2>&1\necho hi"],
    ["/bin/sh", "-ec 'echo $1' name one 'two three'", "set -e\nset -- one 'two three'\necho $1"],
    ["/usr/bin/bash", "-x a.sh 1", "set -x\nset -- 1\necho a"],
    ["/bin/bash", "/root/a.sh", "echo a"],
    ["/root/b.sh", "x", "set -- x\n#!/bin/bash -e\necho b"],
    ["/root/c.sh", "", "#!/usr/bin/env bash\necho c"],
    ["/root/a.sh", "", undefined],
    ["/root/d.py", "", undefined],
    ["/bin/cat", "/etc/motd", undefined],
    ["/bin/bash", "", undefined],
    ["/bin/bash", "-c", undefined],
    ["/bin/bash", "--posix -c x", undefined],
    ["/bin/bash", "/bin/cat", undefined],
    ["/bin/bash", "none.sh", undefined],
    ["/bin/bash", "-c 'a' | cat", undefined],
  ])("%s %s", (path, args, text) => expect(of(path, args)).toBe(text));
});
