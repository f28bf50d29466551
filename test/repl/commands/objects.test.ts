import { describe, expect, test } from "vitest";
import { run } from "./run.ts";

const people = `$people = @(
  [pscustomobject]@{ Name = 'ann'; Age = 30; City = 'Bonn' }
  [pscustomobject]@{ Name = 'Bob'; Age = 5; City = 'Ulm' }
  [pscustomobject]@{ Name = 'cid'; Age = 30; City = $null }
)
`;

async function lines(script: string): Promise<string[]> {
  const { text, errors } = await run(people + script);
  expect(errors.map(String)).toEqual([]);
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}

describe("Where-Object", () => {
  test.each([
    ["$people | Where-Object Age -EQ 30 | ForEach-Object Name", ["ann", "cid"]],
    ["$people | Where-Object -Property Age -GT -Value 10 | % Name", ["ann", "cid"]],
    ["$people | ? Name -Like 'b*' | % Name", ["Bob"]],
    ["$people | ? Name -CLike 'b*' | % Name", []],
    ["$people | ? Name -Match '^.o' | % Name", ["Bob"]],
    ["$people | ? Name -NotIn 'ann', 'CID' | % Name", ["Bob"]],
    ["$people | ? City | % Name", ["ann", "Bob"]],
    ["$people | ? -Not City | % Name", ["cid"]],
    ["[pscustomobject]@{ Tags = 'a', 'b' } | ? Tags -Contains 'B' | % { $_.Tags.Count }", ["2"]],
    ["1, 'x', 2.5 | ? { $_ -is [string] }", ["x"]],
    ["$people | ? Age -Is [int] | measure | % Count", ["3"]],
    ["$people | where { $_.Age -gt 10 -and $_.City } | % Name", ["ann"]],
    ["@{ Name = 'x' } | ? Name -EQ 'x' | % Count", ["1"]],
  ])("%s", async (script, expected) => {
    expect(await lines(script)).toEqual(expected);
  });
});

describe("ForEach-Object", () => {
  test.each([
    ["1, 2 | % { 'begin' } { $_ } { 'end' }", ["begin", "1", "2", "end"]],
    ["1, 2 | % { 'first' } { $_ }", ["first", "1", "2"]],
    [
      "1, 2 | ForEach-Object -Process { $_ }, { $_ * 10 } -Begin { 'b' } -End { 'e' }",
      ["b", "1", "10", "2", "20", "e"],
    ],
    ["$people | % Name", ["ann", "Bob", "cid"]],
    ["'a,b' | % Split ','", ["a", "b"]],
    ["'web' | % Length", ["3"]],
    ["$sum = 0; 1..3 | % { $sum += $_ }; $sum", ["6"]],
    ["1..3 | % { if ($_ -eq 2) { return }; $_ }", ["1", "3"]],
    ["$null | % { 'once' }", ["once"]],
    ["@() | % { 'never' }", []],
  ])("%s", async (script, expected) => {
    expect(await lines(script)).toEqual(expected);
  });
});

describe("Select-Object", () => {
  test.each([
    ["$people | Select-Object name, Missing -First 1 | % { $_.PSObject.Properties.Name }", ["Name", "Missing"]],
    ["$people | Select-Object * -ExcludeProperty C* -First 1 | % { $_.PSObject.Properties.Name }", ["Name", "Age"]],
    ["$people | Select-Object -ExcludeProperty Age, City -Last 1 | % Name", ["cid"]],
    [
      "$people | Select-Object @{ N = 'Next'; E = { $_.Age + 1 } }, @{ Label = 'Who'; Expression = 'Name' } | % { \"$($_.Who) $($_.Next)\" }",
      ["ann 31", "Bob 6", "cid 31"],
    ],
    ["$people | Select-Object { $_.Age * 2 } -First 1 | % { $_.'$_.Age * 2' }", ["60"]],
    ["$people | Select-Object -ExpandProperty Name -Skip 1", ["Bob", "cid"]],
    ["$people | Select-Object -ExpandProperty City", ["Bonn", "Ulm"]],
    ["1, 2, 1, 'a', 'A', 'a' | Select-Object -Unique", ["1", "2", "a", "A"]],
    ["$people | Select-Object Age -Unique | % Age", ["30", "5"]],
    ["1..5 | Select-Object -SkipLast 3", ["1", "2"]],
    ["1..5 | Select-Object -Index 0, 4", ["1", "5"]],
    ["1..5 | Select-Object -First 1 -Last 1", ["1", "5"]],
    [
      "($people | Select-Object Name)[0].PSObject.TypeNames[0]",
      ["Selected.System.Management.Automation.PSCustomObject"],
    ],
    ["1..3 | Select-Object -Property @{ N = 'Square'; E = { $_ * $_ } } | % Square", ["1", "4", "9"]],
  ])("%s", async (script, expected) => {
    expect(await lines(script)).toEqual(expected);
  });
  test("-First stops what is before it, and what is after it still ends", async () => {
    expect(
      await lines(
        "$n = 0; $r = 1..100000 | % { $script:n++; $_ } | Select-Object -First 3 | Measure-Object -Sum; $r.Sum; $n",
      ),
    ).toEqual(["6", "3"]);
    expect(await lines("& { while ($true) { 'x' } } | Select-Object -First 2")).toEqual(["x", "x"]);
  });
  test("an unknown -ExpandProperty is an error for each object", async () => {
    const { errors } = await run(`${people} $people | Select-Object -ExpandProperty Nope`);
    expect(errors.map(String)).toEqual(Array(3).fill('Property "Nope" cannot be found.'));
  });
});

describe("Sort-Object", () => {
  test.each([
    ["$people | Sort-Object Age, Name | % Name", ["Bob", "ann", "cid"]],
    ["$people | Sort-Object Age -Descending | % Name", ["ann", "cid", "Bob"]],
    [
      "$people | Sort-Object @{ E = 'Age'; Descending = $true }, @{ E = { $_.Name }; Descending = $true } | % Name",
      ["cid", "ann", "Bob"],
    ],
    ["$people | Sort-Object City | % Name", ["cid", "ann", "Bob"]],
    ["'b', 'a', 'C' | sort", ["a", "b", "C"]],
    ["'b', 'B', 'a' | sort -CaseSensitive -Descending", ["B", "b", "a"]],
    ["10, 9, '8' | sort", ["8", "9", "10"]],
    ["3, 1, 3, 2 | sort -Unique", ["1", "2", "3"]],
    ["5, 3, 4 | sort -Top 2", ["3", "4"]],
    ["5, 3, 4 | sort -Bottom 1", ["5"]],
    ["@{ a = 1; b = 2 }.GetEnumerator() | sort Value -Descending | % Name", ["b", "a"]],
    ["'aa', 'b' | sort Length | select -First 1", ["b"]],
  ])("%s", async (script, expected) => {
    expect(await lines(script)).toEqual(expected);
  });
});

describe("Measure-Object, Group-Object and Compare-Object", () => {
  test.each([
    [
      "($people | Measure-Object Age -Sum -Average -Minimum -Maximum | % { $_.Sum, $_.Minimum, $_.Maximum, $_.Count }) -join ','",
      ["65,5,30,3"],
    ],
    ["(1, 2, 3, 4 | Measure-Object -StandardDeviation).StandardDeviation.ToString('n4')", ["1.2910"]],
    ["('b', 'a' | Measure-Object -Maximum).Maximum", ["b"]],
    ["('one two', 'three' | Measure-Object -Character).Characters", ["12"]],
    ["('one two' | Measure-Object -Character -IgnoreWhiteSpace).Characters", ["6"]],
    ["(@() | Measure-Object).Count", ["0"]],
    ["($people | Measure-Object City).Count", ["3"]],
    ["($people | Group-Object Age | % { \"$($_.Name)=$($_.Count)\" }) -join ' '", ["5=1 30=2"]],
    ["($people | Group-Object Age -AsHashTable)[30].Count", ["2"]],
    ["($people | Group-Object Age -AsHashTable -AsString)['30'].Count", ["2"]],
    ["($people | Group-Object Age)[1].Group[1].Name", ["cid"]],
    ["'a', 'A' | group -CaseSensitive | measure | % Count", ["2"]],
    [
      "(Compare-Object 1, 2, 3 3, 4 -IncludeEqual | % { \"$($_.InputObject)$($_.SideIndicator)\" }) -join ' '",
      ["3== 4=> 1<= 2<="],
    ],
    ["(Compare-Object $people $people[0] -Property Name | % Name) -join ' '", ["Bob cid"]],
    ["1, 1, 2 | Get-Unique", ["1", "2"]],
  ])("%s", async (script, expected) => {
    expect(await lines(script)).toEqual(expected);
  });
  test("a sum of text that is no number names it", async () => {
    const { errors, text } = await run("(1, 'x', 2 | Measure-Object -Sum).Sum");
    expect(errors.map(String)).toEqual(['Input object "x" is not numeric.']);
    expect(text).toBe("3\n");
  });
});

describe("New-Object and Add-Member", () => {
  test.each([
    ["$o = New-Object PSObject -Property @{ A = 1 }; $o.A", ["1"]],
    ['$o = New-Object psobject; $o | Add-Member NoteProperty A 1; $o | Add-Member B 2; "$($o.A)$($o.B)"', ["12"]],
    ["$o = New-Object psobject; Add-Member -InputObject $o -MemberType NoteProperty -Name A -Value 'x'; $o.A", ["x"]],
    [
      "$o = [pscustomobject]@{ A = 2 } | Add-Member ScriptMethod Times { param($n) $this.A * $n } -PassThru; $o.Times(4)",
      ["8"],
    ],
    [
      "$o = [pscustomobject]@{ A = 2 } | Add-Member -NotePropertyMembers @{ B = 3; C = 4 } -PassThru; $o.B + $o.C",
      ["7"],
    ],
    ["$o = [pscustomobject]@{ A = 2 } | Add-Member AliasProperty Alpha A -PassThru; $o.Alpha", ["2"]],
    ["$o = [pscustomobject]@{ A = 2 } | Add-Member A 9 -Force -PassThru; $o.A", ["9"]],
    ["(New-Object 'System.Collections.Generic.List[string]').Count", ["0"]],
    ["(New-Object System.Management.Automation.PSCredential 'bob', (New-Object SecureString)).UserName", ["bob"]],
  ])("%s", async (script, expected) => {
    expect(await lines(script)).toEqual(expected);
  });
  test("what cannot be made or added says so", async () => {
    const { errors } = await run(`try { New-Object Nope.Such } catch { Write-Error $_.Exception.Message }
      try { New-Object -ComObject Excel.Application } catch { Write-Error $_.Exception.Message }
      [pscustomobject]@{ A = 1 } | Add-Member A 2`);
    expect(errors.map(String)).toEqual([
      expect.stringContaining("Cannot find type [Nope.Such]"),
      expect.stringContaining("COM objects exist on Windows only"),
      expect.stringContaining('Cannot add a member with the name "A"'),
    ]);
  });
});
