import { afterAll, beforeAll, expect, it } from "vitest";
import { type Told, tell, withPyvmomi } from "./lab.ts";

withPyvmomi("pyvmomi manages hosts, a cluster and the vCenter", () => {
  let told: Told;
  beforeAll(async () => {
    told = await tell("manage");
  });
  afterAll(() => told[Symbol.asyncDispose]());

  it("takes a host into maintenance and out of it, away and back, adds one and removes it", async () => {
    expect(told.at("maintenance")).toEqual({ on: true, left: [] });
    expect(told.at("disconnected")).toBe("disconnected");
    expect(told.at("added")).toMatch(/^HostSystem:host-\d+$/);
    expect(told.at("its datastores")).toEqual(["datastore1"]);
    const hosts = await told.vc.find.hosts("*");
    const names = (await told.vc.retrieve(hosts, ["name"])).map((row) => row.name);
    expect(names).not.toContain("new.lab");
  });

  it("changes a host's services", () => {
    expect(told.at("runs")).toEqual(["TSM-SSH"]);
    expect(told.at("time")).toEqual(["ntp.lab"]);
    expect(told.at("firewall")).toBe(true);
  });

  it("configures a cluster", () => {
    expect(told.at("cluster")).toEqual({ rules: ["ClusterAntiAffinityRuleSpec"], behaviour: "manual" });
    expect(told.at("recommended")).toBeGreaterThan(0);
  });

  it("uses custom fields, options, licences and the user directory", () => {
    expect(told.at("field")).toEqual({ type: "string", for: "VirtualMachine", value: "me", known: "owner" });
    expect(told.at("set by name")).toEqual(["you"]);
    expect(told.at("a field twice")).toBe("a");
    expect(told.at("option")).toBe("mine");
    expect(told.at("no option")).toBe("no.such");
    expect(told.at("extension")).toEqual({ beat: "2026-02-03T02:05:06.789Z", same: true, label: "x" });
    expect(told.at("licences")).toEqual(["eval"]);
    expect(told.at("users")).toEqual(["administrator"]);
  });
});
