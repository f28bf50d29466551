import { afterAll, beforeAll, expect, it } from "vitest";
import { type Told, tell, withPyvmomi } from "./lab.ts";

withPyvmomi("pyvmomi and who may do what", () => {
  let told: Told;
  beforeAll(async () => {
    told = await tell("security");
  });
  afterAll(() => told[Symbol.asyncDispose]());

  it("gives a role, whose holder may look and not touch", () => {
    expect(told.at("role")).toEqual(["looks"]);
    expect(told.at("permissions")).toEqual(["VSPHERE.LOCAL\\reader"]);
    expect(told.at("reader sees")).toBe("golden");
    expect(told.at("reader powers off")).toEqual({ privilege: "VirtualMachine.Interact.PowerOff", object: true });
    expect(told.at("reader sees nothing")).toBeNull();
  });

  it("ends somebody's session, who hears of it", () => {
    expect(told.at("sessions")).toEqual(
      expect.arrayContaining(["VSPHERE.LOCAL\\administrator", "VSPHERE.LOCAL\\reader"]),
    );
    expect(told.at("after its end")).toBe("NotAuthenticated");
  });

  it("hears plainly of what is not simulated", () => {
    expect(told.at("what is not simulated")).toBe("NotSupported");
  });
});
