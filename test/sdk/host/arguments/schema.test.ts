import { describe, expect, it } from "vitest";
import { slot } from "../../../../sdk/host/arguments/slot.ts";
import { dataType, managedType, typeNames, type ValueInfo } from "../../../../sdk/vim/schema.ts";
import { faultOf } from "../caller.ts";

describe("the schema", () => {
  it("has a check for every type of every member and parameter, but those that belong to other APIs", () => {
    const values = new Map<string, ValueInfo & { readonly vsanType?: true }>();
    for (const name of typeNames("data"))
      for (const property of dataType(name)?.properties ?? []) values.set(property.type, property);
    for (const name of typeNames("managed"))
      for (const { params } of managedType(name)?.methods.values() ?? [])
        for (const param of params) values.set(param.type, param);
    const unchecked = [...values.values()].filter((info) => {
      const { message } = faultOf(() => slot({ ...info, array: false })(Symbol("no value"), "here", 0));
      return message.includes("does not describe");
    });
    expect(unchecked.every(({ vsanType }) => vsanType)).toBe(true);
    expect(values.size).toBeGreaterThan(1000);
  });
});
