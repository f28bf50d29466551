import { afterAll, beforeAll, expect, it } from "vitest";
import { nodesOf } from "../../../sdk/host/properties/index.ts";
import { shown, type Told, tell, withPyvmomi } from "./lab.ts";

withPyvmomi("pyvmomi reads every property of every object", () => {
  let told: Told;
  beforeAll(async () => {
    told = await tell("walk");
  });
  afterAll(() => told[Symbol.asyncDispose]());

  it("meets all managers and all of the inventory, with no wrong type, value or missing field", () => {
    const objects = Object.entries(told.at("objects") as Record<string, string>);
    const refs = new Set(objects.map(([value, type]) => `${type}:${value}`));
    const { content } = told.vc;
    for (const ref of Object.values(content))
      if (typeof ref === "object" && "type" in ref && ref.type !== "ServiceInstance")
        expect(refs).toContain(shown(ref));
    const kinds = new Set(objects.map(([, type]) => type));
    for (const kind of ["Datacenter", "Folder", "ClusterComputeResource", "HostSystem", "VirtualMachine", "Datastore"])
      expect(kinds).toContain(kind);
    expect(told.at("refused")).toEqual([]);
  });

  it("reads the properties that the SDK reads, and no others", () => {
    for (const [kind, names] of Object.entries(told.at("set") as Record<string, string[]>))
      for (const name of names) expect([...nodesOf(kind).keys()], kind).toContain(name);
  });
});
