import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inDirectory, type Ran, run } from "./run.ts";

async function good(script: string, location?: string): Promise<Ran> {
  const ran = await run(script, location === undefined ? {} : { location });
  expect(ran.errors.map(String)).toEqual([]);
  return ran;
}

const data =
  "$rows = [pscustomobject]@{ Name = 'a,b'; Note = $null; Size = 1.5 }, [pscustomobject]@{ Name = 'c\"d'; Note = ''; Size = 2 }\n";

describe("CSV files", () => {
  test("are quoted as PowerShell 7 quotes them, and read back", async () => {
    await inDirectory(async (directory) => {
      const script = `${data} $rows | Export-Csv out.csv -NoTypeInformation
        $back = Import-Csv out.csv; $back.Count; $back[1].Name; $back[0].Size.GetType().Name`;
      const { text } = await good(script, directory);
      expect(await readFile(join(directory, "out.csv"), "utf8")).toBe(
        '"Name","Note","Size"\n"a,b",,"1.5"\n"c""d","","2"\n',
      );
      expect(text).toBe('2\nc"d\nString\n');
    });
  });
  test("grow with -Append, whose objects need the file's columns", async () => {
    await inDirectory(async (directory) => {
      await good(
        "[pscustomobject]@{ A = 1; B = 2 } | Export-Csv x.csv; [pscustomobject]@{ B = 4; A = 3; C = 5 } | Export-Csv x.csv -Append",
        directory,
      );
      expect(await readFile(join(directory, "x.csv"), "utf8")).toBe('"A","B"\n"1","2"\n"3","4"\n');
      const { errors } = await run("[pscustomobject]@{ A = 9 } | Export-Csv x.csv -Append", { location: directory });
      expect(errors.map(String)).toEqual([expect.stringContaining("corresponds to the following column: B")]);
      await good("[pscustomobject]@{ A = 9 } | Export-Csv x.csv -Append -Force", directory);
      expect(await readFile(join(directory, "x.csv"), "utf8")).toBe('"A","B"\n"1","2"\n"3","4"\n"9",\n');
    });
  });
  test("may have another delimiter, encoding and quoting, a type line, no header", async () => {
    await inDirectory(async (directory) => {
      await good(
        `${data} $rows | Export-Csv x.csv -Delimiter ';' -UseQuotes AsNeeded -Encoding unicode -IncludeTypeInformation`,
        directory,
      );
      const bytes = await readFile(join(directory, "x.csv"));
      expect(bytes.subarray(2).toString("utf16le")).toBe(
        '#TYPE System.Management.Automation.PSCustomObject\nName;Note;Size\na,b;;1.5\n"c""d";"";2\n',
      );
      expect((await good("(Import-Csv x.csv -Delimiter ';')[0].Name", directory)).text).toBe("a,b\n");
      await good("1 | Select-Object @{ N = 'A'; E = { 1 } } | Export-Csv y.csv -NoHeader", directory);
      expect((await good("(Import-Csv y.csv -Header First).First", directory)).text).toBe("1\n");
    });
  });
  test("stay as they were when the export fails on the way", async () => {
    await inDirectory(async (directory) => {
      await writeFile(join(directory, "x.csv"), "old");
      const { errors } = await run(
        "1..3 | % { if ($_ -eq 2) { throw 'half-way' }; [pscustomobject]@{ A = $_ } } | Export-Csv x.csv",
        {
          location: directory,
        },
      );
      expect(errors).toHaveLength(1);
      expect(await readFile(join(directory, "x.csv"), "utf8")).toBe("old");
      expect(await readdir(directory)).toEqual(["x.csv"]);
    });
  });
  test("that are missing, or in a directory that is, are named", async () => {
    await inDirectory(async (directory) => {
      const script =
        "try { Import-Csv nope.csv } catch [System.IO.FileNotFoundException] { 'missing' }; 1 | Export-Csv no/such/x.csv";
      const { text, errors } = await run(script, { location: directory });
      expect(text).toBe("missing\n");
      expect(errors.map(String)).toEqual([expect.stringContaining(`'${join(directory, "no/such")}'`)]);
    });
  });
  test("with blank or repeated column names are read with names of their own, or refused", async () => {
    const { text, messages } = await good("('a,,b', '1,2,3' | ConvertFrom-Csv).H1");
    expect(text).toBe("2\n");
    expect(messages).toEqual([expect.stringContaining("headers were not specified")]);
    const { errors } = await run("'a,A', '1,2' | ConvertFrom-Csv");
    expect(errors.map(String)).toEqual([expect.stringContaining('"A" is there twice')]);
  });
  test("keep every text through an export and an import", async () => {
    const anyText = fc.string({ unit: "binary", maxLength: 8 }).map((text) => text.replace(/[\ud800-\udfff]/g, ""));
    await inDirectory(async (directory) => {
      await fc.assert(
        fc.asyncProperty(fc.array(anyText, { minLength: 1, maxLength: 4 }), async (texts) => {
          await writeFile(join(directory, "in.json"), JSON.stringify(texts.map((T, N) => ({ N, T: `=${T}` }))));
          await good("Get-Content in.json -Raw | ConvertFrom-Json | Export-Csv t.csv", directory);
          const { text } = await good("Import-Csv t.csv | ConvertTo-Json -Compress -AsArray", directory);
          expect(JSON.parse(text).map((row: { T: string }) => row.T)).toEqual(texts.map((T) => `=${T}`));
        }),
        { numRuns: 25 },
      );
    });
  });
});

describe("JSON text", () => {
  test.each([
    ["@{ a = 1 } | ConvertTo-Json -Compress", '{"a":1}'],
    ["[ordered]@{ b = 1; a = @(); c = @{} } | ConvertTo-Json", '{\n  "b": 1,\n  "a": [],\n  "c": {}\n}'],
    ["ConvertTo-Json @(1) -Compress", "[1]"],
    ["@(1) | ConvertTo-Json -Compress", "1"],
    ["@(1) | ConvertTo-Json -Compress -AsArray", "[1]"],
    ["'a/b<é>' | ConvertTo-Json -EscapeHandling EscapeNonAscii", '"a/b<\\u00e9>"'],
    ["$null | ConvertTo-Json", "null"],
    ['((\'{"A":{"b":[1,2]}}\' | ConvertFrom-Json).a.B)[1]', "2"],
    ["('{\"a\":1}' | ConvertFrom-Json -AsHashtable).GetType().Name", "OrderedDictionary"],
    ["('{', '\"a\":1', '}' | ConvertFrom-Json).a", "1"],
    ["('[]' | ConvertFrom-Json | Measure-Object).Count", "0"],
  ])("%s", async (script, expected) => {
    expect((await good(script)).text).toBe(`${expected}\n`);
  });
  test("that is cut off by -Depth says so", async () => {
    const { messages } = await good("@{ a = @{ b = @{ c = @{ d = 1 } } } } | ConvertTo-Json");
    expect(messages).toEqual([
      "WARNING: Resulting JSON is truncated as serialization has exceeded the set depth of 2.",
    ]);
  });
  test("that is wrong names the place", async () => {
    const { errors } = await run("'{ \"a\": }' | ConvertFrom-Json");
    expect(errors.map(String)).toEqual([expect.stringContaining("line 1, column 8")]);
  });
});

describe("Format-Table, Format-List and Out-String", () => {
  test("show what was asked for", async () => {
    const { text } = await good(
      `${data} $rows | Format-Table Name, @{ N = 'Half'; E = { $_.Size / 2 }; FormatString = 'n2'; Width = 6 } -HideTableHeaders`,
    );
    expect(text).toBe('\na,b    0.75\nc"d    1.00\n\n');
  });
  test("-AutoSize fits all objects, also those that come late", async () => {
    const { text } = await good(
      "1..1200 | % { [pscustomobject]@{ N = if ($_ -eq 1200) { 'a long name' } else { 'x' }; B = 1 } } | ft -AutoSize | Out-String -Stream | Select-Object -Last 2 -Skip 1",
    );
    expect(text).toContain("a long name 1\n");
  });
  test("-GroupBy gives each group a heading", async () => {
    const { text } = await good("'a', 'b' | % { [pscustomobject]@{ K = $_; V = 1 } } | Format-Table V -GroupBy K");
    expect(text).toBe("\n   K: a\n\nV\n-\n1\n\n\n   K: b\n\nV\n-\n1\n\n");
  });
  test("-Wrap lets long text go on below", async () => {
    const { text } = await good(
      "[pscustomobject]@{ A = 'one two three'; B = 1 } | ft @{ E = 'A'; Width = 8 }, B -Wrap",
    );
    expect(text).toBe("\nA        B\n-        -\none two  1\nthree\n\n");
  });
  test("Format-List shows each object's own properties", async () => {
    const { text } = await good("[pscustomobject]@{ A = 1 }, [pscustomobject]@{ Bcd = @(1, 2) } | fl");
    expect(text).toBe("\nA : 1\n\nBcd : {1, 2}\n\n");
  });
  test("Out-String is text with the table in it, Out-File puts it into a file", async () => {
    await inDirectory(async (directory) => {
      const { text } = await good(
        "$t = [pscustomobject]@{ A = 1 } | Out-String; $t.Length; [pscustomobject]@{ A = 1 } | Out-File x.txt -Encoding utf8BOM; (Get-Content x.txt).Count",
        directory,
      );
      expect(text).toBe("8\n5\n");
      expect(await readFile(join(directory, "x.txt"), "utf8")).toBe("\ufeff\nA\n-\n1\n\n");
    });
  });
});
