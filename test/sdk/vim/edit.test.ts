import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { vim } from "../../../sdk/vim/index.ts";

function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !(value instanceof Uint8Array)) {
    for (const member of Object.values(value)) freeze(member);
    Object.freeze(value);
  }
  return value;
}

const config: vim.VirtualMachineConfigSpec = freeze({
  name: "golden",
  annotation: "a template",
  files: { vmPathName: "[ds] golden/golden.vmx" },
  deviceChange: [
    { operation: "add", device: { _typeName: "VirtualCdrom", key: -1 } },
    { operation: "add", device: { _typeName: "VirtualE1000", key: -2 } },
  ],
});

describe("vim.edit", () => {
  test("changes a copy and shares what it did not touch", () => {
    const changed = vim.edit(config, (draft) => {
      draft.name = "desk-1";
      const second = draft.deviceChange?.[1]?.device;
      if (vim.is(second, "VirtualEthernetCard")) second.key = -3;
    });
    expect(config.name).toBe("golden");
    expect(changed.name).toBe("desk-1");
    expect(changed.deviceChange?.[1]?.device.key).toBe(-3);
    expect(changed.files).toBe(config.files);
    expect(changed.deviceChange?.[0]).toBe(config.deviceChange?.[0]);
    expect(Object.isFrozen(changed)).toBe(true);
    expect(Object.isFrozen(changed.deviceChange?.[1]?.device)).toBe(true);
  });

  test("gives the original back when nothing changed", () => {
    expect(
      vim.edit(config, (draft) => {
        draft.name = "golden";
        draft.files = draft.files ?? {};
        return draft.deviceChange?.map((change) => change.device.key);
      }),
    ).toBe(config);
  });

  test("unsets a property by delete", () => {
    const changed = vim.edit(config, (draft) => {
      delete draft.annotation;
    });
    expect(Object.keys(changed)).toEqual(["name", "files", "deviceChange"]);
  });

  test("unsets a property that is set to undefined", () => {
    const value: { readonly a: number | undefined } = freeze({ a: 1 });
    expect(
      Object.keys(
        vim.edit(value, (draft) => {
          draft.a = undefined;
        }),
      ),
    ).toEqual([]);
  });

  test("moves a part without copying it", () => {
    const changed = vim.edit(config, (draft) => {
      draft.deviceChange?.reverse();
    });
    expect(changed.deviceChange?.[0]).toBe(config.deviceChange?.[1]);
    expect(changed.deviceChange?.[1]).toBe(config.deviceChange?.[0]);
  });

  test("copies a value from outside instead of freezing it", () => {
    const files = { vmPathName: "[ds] x" };
    const changed = vim.edit(config, (draft) => {
      draft.files = files;
      draft.files.logDirectory = "logs";
    });
    files.vmPathName = "[ds] y";
    expect(changed.files).toEqual({ vmPathName: "[ds] x", logDirectory: "logs" });
    expect(Object.isFrozen(files)).toBe(false);
    expect(Object.isFrozen(changed.files)).toBe(true);
  });

  test("leaves bytes as they are", () => {
    const value = freeze({ image: new Uint8Array([1, 2]), note: "x" });
    const changed = vim.edit(value, (draft) => {
      draft.note = "y";
      expect(draft.image).toBe(value.image);
    });
    expect(changed.image).toBe(value.image);
  });

  test("refuses a value that holds itself", () => {
    const value: { readonly child?: unknown } = {};
    expect(() =>
      vim.edit(value, (draft) => {
        draft.child = draft;
      }),
    ).toThrow("cannot hold itself");
    const cyclic: { self?: unknown } = {};
    cyclic.self = cyclic;
    expect(() =>
      vim.edit(value, (draft) => {
        draft.child = cyclic;
      }),
    ).toThrow("cannot hold itself");
  });

  test("refuses an asynchronous change", () => {
    expect(() => vim.edit(config, async () => {})).toThrow(TypeError);
  });

  test("kills the draft afterwards", () => {
    let escaped: { name?: string } = {};
    vim.edit(config, (draft) => {
      escaped = draft;
    });
    expect(() => escaped.name).toThrow(TypeError);
  });

  test("does to a value what the same steps do to a deep copy, and leaves the value alone", () => {
    const step = fc.record({
      path: fc.array(fc.nat(6), { maxLength: 4 }),
      act: fc.constantFrom("set", "unset", "push", "shift", "sort", "move"),
      value: fc.jsonValue({ maxDepth: 2 }),
      at: fc.nat(6),
    });
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.array(step, { maxLength: 12 }), (json, steps) => {
        const value: object = freeze({ root: json });
        const before = JSON.stringify(value);
        const naive: object = structuredClone(value);
        for (const one of steps) apply(naive, structuredClone(one));
        const edited = vim.edit(value, (draft) => {
          for (const one of steps) apply(draft, one);
        });
        expect(edited).toEqual(naive);
        expect(JSON.stringify(value)).toBe(before);
        expect(deeplyFrozen(edited)).toBe(true);
        if (steps.length === 0) expect(edited).toBe(value);
      }),
      { numRuns: 2000 },
    );
  });
});

interface Step {
  readonly path: readonly number[];
  readonly act: string;
  readonly value: unknown;
  readonly at: number;
}

/** One random step, on a draft or on a plain copy alike. */
function apply(root: object, { path, act, value, at }: Step): void {
  let target: unknown = root;
  for (const index of path) {
    if (typeof target !== "object" || target === null) return;
    const keys = Object.keys(target);
    target = keys.length === 0 ? undefined : Reflect.get(target, keys[index % keys.length] ?? "");
  }
  if (typeof target !== "object" || target === null) return;
  if (Array.isArray(target)) {
    if (act === "push") target.push(value);
    else if (act === "shift") target.shift();
    else if (act === "sort") target.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    else if (act === "move") target.splice(at, 2);
    else if (target.length > 0) target[at % target.length] = value;
    return;
  }
  const keys = Object.keys(target);
  const key = keys[at % Math.max(keys.length, 1)] ?? "new";
  if (act === "unset") Reflect.deleteProperty(target, key);
  else if (act === "move") {
    const moved: unknown = Reflect.get(target, key);
    Reflect.deleteProperty(target, key);
    if (moved !== undefined) Reflect.set(target, `${key}'`, moved);
  } else Reflect.set(target, key, value);
}

function deeplyFrozen(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  return Object.isFrozen(value) && Object.values(value).every(deeplyFrozen);
}
