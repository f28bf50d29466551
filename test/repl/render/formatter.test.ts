import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  DateTime,
  Hashtable,
  type Members,
  type MemberValue,
  PSObject,
  type Value,
} from "../../../repl/language/index.ts";
import { Formatter } from "../../../repl/render/formatter.ts";
import { TextSink } from "../../../repl/render/sink.ts";

/** An object as the vSphere commands put it out: a type name and properties, some of them promises. */
function entity(typeName: string, properties: Readonly<Record<string, Value | Promise<Value>>>): Members {
  const names = Object.keys(properties);
  const member = (name: string): MemberValue | undefined => {
    const found = names.find((each) => each.toLowerCase() === name.toLowerCase());
    return found === undefined ? undefined : { name: found, kind: "Property", get: () => properties[found] ?? null };
  };
  return { typeNames: [typeName], member, memberNames: () => names };
}

async function shown(values: readonly Value[], columns = 120): Promise<string> {
  const sink = new TextSink();
  const formatter = new Formatter(sink, { columns: () => columns });
  for (const value of values) await formatter.write(value);
  await formatter.end();
  return sink.take();
}

describe("the shell's output", () => {
  test("text, numbers and booleans are lines; null is nothing", async () => {
    expect(await shown(["a\nb", 1, 2.5, true, null, 10n])).toBe("a\nb\n1\n2.5\nTrue\n10\n");
  });
  test("virtual machines stand in PowerCLI's table", async () => {
    const vm = (name: string) =>
      entity("VirtualMachine", { Name: name, PowerState: "PoweredOn", NumCpu: 2, MemoryGB: 8 });
    expect(await shown([vm("golden"), vm("a-name-that-is-too-long")])).toBe(`
Name                 PowerState Num CPUs MemoryGB
----                 ---------- -------- --------
golden               PoweredOn  2        8.000
a-name-that-is-too-… PoweredOn  2        8.000

`);
  });
  test("hosts have right-aligned figures", async () => {
    const host = entity("VMHost", {
      Name: "esx-01",
      ConnectionState: "Connected",
      PowerState: "PoweredOn",
      NumCpu: 64,
      CpuUsageMhz: 120,
      CpuTotalMhz: 153600,
      MemoryUsageGB: 12.3456,
      MemoryTotalGB: 512,
      Version: "8.0.3",
    });
    expect(await shown([host])).toBe(`
Name                 ConnectionState PowerState NumCpu CpuUsageMhz CpuTotalMhz   MemoryUsageGB   MemoryTotalGB Version
----                 --------------- ---------- ------ ----------- -----------   -------------   ------------- -------
esx-01               Connected       PoweredOn      64         120      153600          12.346         512.000 8.0.3

`);
  });
  test("a cluster's header has two lines", async () => {
    const cluster = entity("Cluster", {
      Name: "C0",
      HAEnabled: true,
      HAFailoverLevel: 1,
      DrsEnabled: true,
      DrsAutomationLevel: "FullyAutomated",
    });
    expect(await shown([cluster])).toBe(`
Name                           HAEnabled  HAFailover DrsEnabled DrsAutomationLevel
                                          Level
----                           ---------  ---------- ---------- ------------------
C0                             True       1          True       FullyAutomated

`);
  });
  test("a datastore's space is grouped by thousands", async () => {
    const datastore = entity("Datastore", { Name: "shared", FreeSpaceGB: 1175.3478, CapacityGB: 2048 });
    expect(await shown([datastore])).toContain("shared                               1,175.348       2,048.000");
  });
  test("objects of up to four properties are a fitted table, of more a list", async () => {
    expect(await shown([PSObject.of({ Name: "web-01", Cpus: 2 }), PSObject.of({ Name: "db", Cpus: 16 })])).toBe(`
Name   Cpus
----   ----
web-01    2
db       16

`);
    expect(await shown([PSObject.of({ A: 1, Bcd: "x", C: null, D: [1, 2, 3, 4, 5], E: true })])).toBe(`
A   : 1
Bcd : x
C   :
D   : {1, 2, 3, 4…}
E   : True

`);
  });
  test("a hashtable is a table of names and values", async () => {
    expect(
      await shown([
        Hashtable.from([
          ["Name", "web"],
          ["Size", 3],
        ]),
      ]),
    ).toBe(`
Name                           Value
----                           -----
Name                           web
Size                           3

`);
  });
  test("a change of type ends one table and begins another", async () => {
    const text = await shown([PSObject.of({ A: 1 }), "between", PSObject.of({ B: 2 }), PSObject.of({ C: 3 })]);
    expect(text).toBe("\nA\n-\n1\n\nbetween\n\nB\n-\n2\n\n\nC\n-\n3\n\n");
  });
  test("a date on its own is written out", async () => {
    expect(await shown([new DateTime(Date.UTC(2024, 0, 2, 3, 4, 5))])).toBe("\nTuesday, 02 January 2024 03:04:05\n\n");
  });
  test("properties that have to be fetched keep their objects in order", async () => {
    const slow = entity("Slow", { Name: new Promise<Value>((resolve) => setTimeout(() => resolve("first"), 10)) });
    const sink = new TextSink();
    const formatter = new Formatter(sink);
    void formatter.write(slow);
    void formatter.write("second");
    await formatter.end();
    expect(sink.take()).toBe("\nName\n----\nfirst\n\nsecond\n");
  });
  test("rows of a view are printed as they come, fitted rows after a moment even when nothing follows", async () => {
    const sink = new TextSink();
    const formatter = new Formatter(sink);
    formatter.write(entity("Folder", { Name: "vm", Type: "VM" }));
    expect(sink.take()).toContain("vm ");
    formatter.write(PSObject.of({ A: 1 }));
    expect(sink.take()).toBe("\n");
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(sink.take()).toBe("\nA\n-\n1\n");
  });
  test("a thousand rows do not wait for the end", () => {
    const sink = new TextSink();
    const formatter = new Formatter(sink);
    for (let index = 0; index < 1000; index++) formatter.write(PSObject.of({ Index: index }));
    expect(sink.take().split("\n")).toHaveLength(1004);
  });
  test("no control character of data reaches the terminal, and no line is wider than it", async () => {
    const nasty = fc.string({ unit: "binary", maxLength: 20 });
    const object = fc.dictionary(nasty, fc.oneof(nasty, fc.array(nasty, { maxLength: 3 })), { minKeys: 1, maxKeys: 6 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(object, { maxLength: 4 }),
        fc.integer({ min: 20, max: 90 }),
        async (objects, columns) => {
          const values = objects.map((properties) => {
            const made = new PSObject();
            for (const [name, value] of Object.entries(properties)) made.note(name, value);
            return made;
          });
          const text = await shown(values, columns);
          expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u);
        },
      ),
    );
  });
});
