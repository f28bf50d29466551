import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encode } from "../../../../../sdk/host/doors/json/encode.ts";
import { parseJson, wideIn } from "../../../../../sdk/host/doors/json/parse.ts";
import { readArguments } from "../../../../../sdk/host/doors/json/read.ts";
import { releases } from "../../../../../sdk/host/doors/json/release.ts";
import { managedType, type ValueInfo } from "../../../../../sdk/vim/schema.ts";

const rankOf = (name: string) => releases().get(name)?.rank ?? -1;
const newest = rankOf("9.1.1.0");
const of = (type: string, array = false): ValueInfo => ({ type, array, optional: false });
const written = (info: ValueInfo, value: unknown, release = "9.1.1.0") =>
  [...encode(info, value, rankOf(release))].join("");
const json = (info: ValueInfo, value: unknown, release?: string): unknown => JSON.parse(written(info, value, release));

function read(type: string, method: string, body: string, rank = newest): unknown {
  const info = managedType(type)?.methods.get(method);
  const parsed = parseJson(body);
  if (!info || typeof parsed !== "object" || parsed === null) throw new Error("The test asks for something else.");
  return readArguments(info, parsed, rank);
}

describe("what VI/JSON writes", () => {
  it("says first in every object of which type it is", () => {
    expect(written(of("VirtualMachineConfigSpec"), { name: "a", files: { vmPathName: "[x] y" } })).toBe(
      '{"_typeName":"VirtualMachineConfigSpec","name":"a","files":{"_typeName":"VirtualMachineFileInfo","vmPathName":"[x] y"}}',
    );
  });

  it("boxes the values of properties by the type of their path", () => {
    const obj = { type: "VirtualMachine", value: "vm-1" };
    const propSet = [
      { name: "name", val: "a" },
      { name: "runtime.powerState", val: "poweredOn" },
      { name: "runtime.bootTime", val: "2026-01-01T00:00:00Z" },
      { name: "config.hardware.memoryMB", val: 4 },
      { name: "summary.storage.committed", val: 4 },
      { name: "network", val: [{ type: "Network", value: "network-1" }] },
      { name: "disabledMethod", val: ["A"] },
      { name: "parent", val: { type: "Folder", value: "group-v1" } },
      { name: "summary.quickStats", val: { uptimeSeconds: 5 } },
    ];
    const answer = json(of("RetrieveResult"), { objects: [{ obj, propSet }] });
    const ref = (type: string, value: string) => ({ _typeName: "ManagedObjectReference", type, value });
    expect(answer).toMatchObject({
      objects: [
        {
          _typeName: "ObjectContent",
          obj: ref("VirtualMachine", "vm-1"),
          propSet: [
            { _typeName: "DynamicProperty", name: "name", val: { _typeName: "string", _value: "a" } },
            { val: { _typeName: "VirtualMachinePowerState", _value: "poweredOn" } },
            { val: { _typeName: "dateTime", _value: "2026-01-01T00:00:00Z" } },
            { val: { _typeName: "int", _value: 4 } },
            { val: { _typeName: "long", _value: 4 } },
            { val: { _typeName: "ArrayOfManagedObjectReference", _value: [ref("Network", "network-1")] } },
            { val: { _typeName: "ArrayOfString", _value: ["A"] } },
            { val: ref("Folder", "group-v1") },
            { val: { _typeName: "VirtualMachineQuickStats", uptimeSeconds: 5 } },
          ],
        },
      ],
    });
  });

  it("puts the fault itself where SOAP has its wrapper, and the wrapper's members behind", () => {
    const fault = { fault: { _typeName: "InvalidName", name: "x" }, localizedMessage: "No." };
    expect(json(of("MissingProperty"), { path: "a", fault })).toEqual({
      _typeName: "MissingProperty",
      path: "a",
      fault: {
        _typeName: "InvalidName",
        name: "x",
        faultstring: "No.",
        fault: { _typeName: "InvalidName", name: "x" },
        localizedMessage: "No.",
      },
    });
  });

  it("does not grow with causes of causes beyond twice their size", () => {
    let cause: object = { fault: { _typeName: "InvalidName", name: "x" }, localizedMessage: "No." };
    for (let i = 0; i < 50; i++) cause = { fault: { _typeName: "InvalidName", name: "x", faultCause: cause } };
    expect(written(of("LocalizedMethodFault"), cause).length).toBeLessThan(50 * 2 * 120);
  });

  it("leaves out what an older release does not know", () => {
    const spec = { name: "a", sevEnabled: true };
    expect(json(of("VirtualMachineConfigSpec"), spec)).toHaveProperty("sevEnabled", true);
    expect(json(of("VirtualMachineConfigSpec"), spec, "7.0.0.0")).toEqual({
      _typeName: "VirtualMachineConfigSpec",
      name: "a",
    });
  });

  it("writes bytes as base64 and as signed numbers, and wide longs digit by digit", () => {
    expect(written(of("base64Binary"), Uint8Array.of(1, 2, 255))).toBe('"AQL/"');
    expect(written(of("byte", true), Uint8Array.of(1, 255))).toBe("[1,-1]");
    expect(written(of("long"), 9223372036854775807n)).toBe("9223372036854775807");
  });

  it("writes any string so that it can be read again", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff)), (units) => {
        const text = String.fromCharCode(...units);
        expect(JSON.parse(written(of("string"), text))).toBe(text);
      }),
    );
  });

  it("comes in pieces when it is long", () => {
    const objects = Array.from({ length: 5000 }, (_, i) => ({
      obj: { type: "VirtualMachine", value: `vm-${i}` },
      propSet: [{ name: "name", val: `machine ${i}` }],
    }));
    const pieces = [...encode(of("RetrieveResult"), { objects }, newest)];
    expect(pieces.length).toBeGreaterThan(5);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(80_000);
    const whole: { objects: unknown[] } = JSON.parse(pieces.join(""));
    expect(whole.objects).toHaveLength(5000);
  });
});

describe("what VI/JSON reads", () => {
  it("opens boxes, and takes values of any type without one", () => {
    const option = (value: string) =>
      read("VirtualMachine", "ReconfigVM_Task", `{"spec":{"extraConfig":[{"key":"k","value":${value}}]}}`);
    const holds = (value: unknown) => ({ spec: { extraConfig: [{ key: "k", value }] } });
    expect(option('{"_typeName":"string","_value":"v"}')).toEqual(holds("v"));
    expect(option('{"_typeName":"ArrayOfString","_value":["v"]}')).toEqual(holds(["v"]));
    expect(option('{"_typeName":"VirtualMachinePowerState","_value":"poweredOn"}')).toEqual(holds("poweredOn"));
    expect(option('{"_typeName":"base64Binary","_value":"AQI="}')).toEqual(holds(Uint8Array.of(1, 2)));
    expect(option('{"_typeName":"binary","_value":"AQI="}')).toEqual(holds(Uint8Array.of(1, 2)));
    expect(option('{"_typeName":"long","_value":9007199254740993}')).toEqual(holds(9007199254740993n));
    expect(option('"v"')).toEqual(holds("v"));
    expect(option("5")).toEqual(holds(5));
  });

  it("keeps wide longs exact, whatever is around them, and leaves digits in strings alone", () => {
    fc.assert(
      fc.property(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), fc.string(), (long, text) => {
        const parsed = parseJson(
          `{ "a" : [${long}],"b":${JSON.stringify(`${text}:${long}`)},"c":1.2345678901234567890e3}`,
        );
        const { a, b } = parsed as { a: [unknown]; b: string };
        expect(b).toBe(`${text}:${long}`);
        expect(BigInt.asIntN(64, wideIn(a[0]) ?? BigInt(Number(a[0])))).toBe(long);
      }),
    );
  });

  it("reads bytes as numbers and as base64", () => {
    const file = (value: string) => {
      const args = read(
        "VirtualMachine",
        "ReconfigVM_Task",
        `{"spec":{"deviceChange":[{"device":{"_typeName":"VirtualTPM","endorsementKeyCertificateSigningRequest":${value}}}]}}`,
      );
      return JSON.stringify(args, (_key, one: unknown) => (one instanceof Uint8Array ? `bytes ${[...one]}` : one));
    };
    expect(file('["AQI="]')).toContain("bytes 1,2");
  });

  it("reads faults in both forms", () => {
    const abort = (value: string) => read("HttpNfcLease", "HttpNfcLeaseAbort", `{"fault":${value}}`);
    const wrapped = { fault: { fault: { _typeName: "InvalidName", name: "x" }, localizedMessage: "No." } };
    expect(abort('{"_typeName":"InvalidName","name":"x","faultstring":"No."}')).toEqual(wrapped);
    expect(
      abort(
        '{"_typeName":"LocalizedMethodFault","fault":{"_typeName":"InvalidName","name":"x"},"localizedMessage":"No."}',
      ),
    ).toMatchObject(wrapped);
  });

  it("takes null for unset", () => {
    expect(read("SessionManager", "Login", '{"userName":"a","password":"b","locale":null}')).toEqual({
      userName: "a",
      password: "b",
    });
  });

  it("refuses what is younger than the release that is spoken, with its path", () => {
    const body = '{"spec":{"sevEnabled":true}}';
    expect(() => read("VirtualMachine", "ReconfigVM_Task", body, rankOf("7.0.0.0"))).toThrow("spec.sevEnabled");
    expect(read("VirtualMachine", "ReconfigVM_Task", body)).toEqual({ spec: { sevEnabled: true } });
  });

  it.each(["", "{", "[1,]", "{'a':1}", "00000000000000000001", `${"9".repeat(17)}x`])("refuses %s", (text) => {
    expect(() => parseJson(text)).toThrow("not JSON");
  });

  it("reads strings of any length beside wide numbers", () => {
    const long = `${"x\\n1234567890123456789".repeat(200_000)}`;
    expect(parseJson(`{"a":"${long}","b":9007199254740993}`)).toEqual({
      a: JSON.parse(`"${long}"`),
      b: { "": "9007199254740993" },
    });
  });

  it("refuses what nests without an end", () => {
    expect(() => parseJson("[".repeat(1_000_000))).toThrow("nested too deeply");
  });
});
