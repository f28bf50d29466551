import { describe, expect, it } from "vitest";
import { checkArguments } from "../../../../sdk/host/arguments/check.ts";
import { type MethodInfo, managedType } from "../../../../sdk/vim/schema.ts";
import { faultOf } from "../caller.ts";

function methodOf(type: string, name: string): MethodInfo {
  const method = managedType(type)?.methods.get(name);
  if (!method) throw new Error(`no method ${type}.${name}`);
  return method;
}

const setState = methodOf("Task", "SetTaskState");
const reconfigure = methodOf("VirtualMachine", "ReconfigVM_Task");
/** Passes a value where anything goes. */
const any = (result: unknown) => checkArguments(setState, { state: "success", result }).result;

function everythingIn(value: unknown): object[] {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return [];
  return [value, ...Object.values(value).flatMap(everythingIn)];
}

describe("copies of arguments", () => {
  it("are frozen all through and share nothing with what was passed", () => {
    const device = {
      _typeName: "VirtualDisk",
      key: -1,
      capacityInKB: 8,
      backing: { _typeName: "VirtualDiskFlatVer2BackingInfo", fileName: "", diskMode: "persistent" },
    };
    const pool = { type: "ResourcePool", value: "resgroup-8" };
    const given = {
      spec: {
        name: "a",
        deviceChange: [{ device }],
        extraConfig: [{ key: "a", value: { _typeName: "OptionValue", key: "k", value: pool } }],
      },
    };
    const before = everythingIn(given);
    const copy = checkArguments(reconfigure, given);
    for (const part of everythingIn(copy)) {
      expect(Object.isFrozen(part)).toBe(true);
      expect(before).not.toContain(part);
    }
    device.capacityInKB = 9;
    given.spec.deviceChange.length = 0;
    pool.value = "resgroup-9";
    expect(copy).toMatchObject({
      spec: {
        deviceChange: [{ device: { capacityInKB: 8 } }],
        extraConfig: [{ value: { value: { value: "resgroup-8" } } }],
      },
    });
  });

  it("have bytes of their own, also where a Buffer would share them", () => {
    const bytes = Buffer.from([1, 2, 3]);
    const copy = any(bytes);
    bytes[0] = 9;
    expect(copy).toEqual(new Uint8Array([1, 2, 3]));
    expect(Object.getPrototypeOf(copy)).toBe(Uint8Array.prototype);
  });

  it("are made element by element, whatever an array says of itself", () => {
    const list = Object.assign([1, 2], { map: () => "mine" });
    expect(any(list)).toEqual([1, 2]);
  });

  it("are made of what was read once", () => {
    let reads = 0;
    const shifty = {
      get type() {
        return reads++ === 0 ? "Folder" : 7;
      },
      value: "group-v3",
    };
    expect(any(shifty)).toEqual({ type: "Folder", value: "group-v3" });
  });

  it("have dates that say their zone", () => {
    const created = (createDate: string) => checkArguments(reconfigure, { spec: { createDate } });
    expect(created("2026-01-02T03:04:05")).toEqual({ spec: { createDate: "2026-01-02T03:04:05Z" } });
    expect(created("2026-01-02T03:04:05.5+02:00")).toEqual({ spec: { createDate: "2026-01-02T03:04:05.5+02:00" } });
  });

  it("have longs as numbers, and as bigints only beyond 2^53", () => {
    const memory = (memoryMB: unknown) => checkArguments(reconfigure, { spec: { memoryMB } });
    expect(memory(1024n)).toEqual({ spec: { memoryMB: 1024 } });
    expect(memory(2n ** 60n)).toEqual({ spec: { memoryMB: 2n ** 60n } });
  });
});

describe("a slot for anything", () => {
  it.each([["text"], [true], [0.5], [7n], [[]], [["a", ["b"]]], [{ type: "Folder", value: "group-d1" }]])(
    "takes %o",
    (value) => {
      expect(any(value)).toEqual(value);
    },
  );

  it("checks data objects by the type that they say", () => {
    expect(any({ _typeName: "OptionValue", key: "a", value: 1 })).toEqual({
      _typeName: "OptionValue",
      key: "a",
      value: 1,
    });
    const wrong = { _typeName: "OptionValue", key: 7, value: 1 };
    expect(faultOf(() => any(wrong))).toMatchObject({ _typeName: "InvalidType", argument: "result.key" });
  });

  it.each([
    [null],
    [{}],
    [{ key: "a" }],
    [{ _typeName: "Nosuch" }],
    [() => 1],
    [Symbol("a")],
    [new Date(0)],
    [2n ** 64n],
    [new Map()],
    [[undefined]],
  ])("refuses %o", (value) => {
    expect(faultOf(() => any(value))._typeName).toBe("InvalidType");
  });

  it("has an end, also where the value has none", () => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    const option: Record<string, unknown> = { _typeName: "OptionValue", key: "a" };
    option.value = option;
    for (const endless of [cycle, option]) {
      const made = faultOf(() => any(endless));
      expect(made._typeName).toBe("InvalidRequest");
      expect(made.message.length).toBeLessThan(400);
    }
  });

  it("is not held up by an array that is mostly holes", () => {
    expect(faultOf(() => any(new Array(4_294_967_295)))).toMatchObject({ argument: "result[0]" });
  });
});

describe("arguments that fight back", () => {
  const thrower = () => {
    throw new Error("mine");
  };
  const { proxy: revoked, revoke } = Proxy.revocable({}, {});
  revoke();

  it.each([
    ["a getter that throws", Object.defineProperty({}, "spec", { enumerable: true, get: thrower })],
    ["a getter inside that throws", { spec: Object.defineProperty({}, "name", { enumerable: true, get: thrower }) }],
    ["a proxy that throws", new Proxy({}, { ownKeys: thrower })],
    ["a revoked proxy", revoked],
    ["a revoked proxy inside", { spec: revoked }],
  ])("%s makes the request invalid", (_what, args) => {
    const made = faultOf(() => checkArguments(reconfigure, args));
    expect(made._typeName).toBe("InvalidRequest");
    expect(made.message).toContain("cannot be read");
  });
});
