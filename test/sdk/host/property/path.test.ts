import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HostFault } from "../../../../sdk/host/index.ts";
import { pathOf } from "../../../../sdk/host/property/path.ts";
import { stepsOf } from "../../../../sdk/host/property/path-syntax.ts";
import { managedType } from "../../../../sdk/vim/schema.ts";

const machine = managedType("VirtualMachine");
if (!machine) throw new Error("no VirtualMachine");

describe("a property path", () => {
  it("is names joined by dots, and elements of arrays by their keys", () => {
    expect(stepsOf("name")).toEqual([{ name: "name", key: undefined }]);
    expect(stepsOf('config.extraConfig["a.b"].value')).toEqual([
      { name: "config", key: undefined },
      { name: "extraConfig", key: "a.b" },
      { name: "value", key: undefined },
    ]);
    expect(stepsOf("device[-1]")).toEqual([{ name: "device", key: -1 }]);
  });

  it("may go on where the declared type ends, if a type derived from it does", () => {
    expect(pathOf(machine, "config.hardware.device[4000].macAddress").info.type).toBe("string");
    expect(() => pathOf(machine, "config.hardware.device[4000].flavour")).toThrow(/flavour/);
  });

  it("goes to the finest derivation there is, so that the rest is not made", () => {
    expect(pathOf(machine, "summary.runtime.powerState").rest).toEqual([]);
    expect(pathOf(machine, "config.hardware.numCPU").rest).toEqual([]);
    expect(pathOf(machine, "runtime.powerState").inputs).toBe(0);
  });

  it("is refused, by name and at once, whatever it is made of", () => {
    for (const text of [
      "",
      ".",
      "name.",
      ".name",
      "name[",
      "name[x]",
      'name["',
      "a b",
      "__proto__",
      "constructor",
      "a.".repeat(300_000),
    ]) {
      expect(() => pathOf(machine, text)).toThrow(HostFault);
    }
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          expect(pathOf(machine, text).text).toBe(text);
        } catch (error) {
          expect(error).toBeInstanceOf(HostFault);
          expect((error as HostFault).fault).toMatchObject({ _typeName: "InvalidProperty" });
        }
      }),
    );
  });
});
