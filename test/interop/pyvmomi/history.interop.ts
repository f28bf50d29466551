import { afterAll, beforeAll, expect, it } from "vitest";
import { type Told, tell, withPyvmomi } from "./lab.ts";

withPyvmomi("pyvmomi reads the history", () => {
  let told: Told;
  beforeAll(async () => {
    told = await tell("history");
  });
  afterAll(() => told[Symbol.asyncDispose]());

  it("of events, by a collector and by a query", () => {
    const events = ["EventEx", "VmStoppingEvent", "VmPoweredOffEvent"];
    expect(told.at("events")).toEqual(events);
    expect(told.at("latest page")).toEqual([...events].reverse());
    expect(told.at("event of the fork")).toEqual({ user: "VSPHERE.LOCAL\\administrator", vm: "noted", key: true });
    expect(told.at("events of a type")).toBe(1);
  });

  it("of tasks", () => {
    expect(told.at("tasks")).toEqual({ id: "VirtualMachine.instantClone", state: "success", key: told.at("task") });
  });
});
