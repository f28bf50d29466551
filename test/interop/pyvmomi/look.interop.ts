import { afterAll, beforeAll, expect, it } from "vitest";
import { shown, type Told, tell, withPyvmomi } from "./lab.ts";

withPyvmomi("pyvmomi looks around", () => {
  let told: Told;
  beforeAll(async () => {
    told = await tell("look");
  });
  afterAll(() => told[Symbol.asyncDispose]());

  it("connects without a certificate, or by its thumbprint and no other", () => {
    expect(told.at("with its thumbprint")).toBe("VirtualCenter");
    expect(told.at("with a wrong thumbprint")).toBe("refused");
    expect(told.at("with a wrong password")).toBe("InvalidLogin");
    expect(told.at("about")).toEqual({ _typeName: "AboutInfo", ...told.vc.content.about });
  });

  it("walks down the tree and finds what is there", async () => {
    const machines = await told.vc.find.virtualMachines("*");
    const names = (await told.vc.retrieve(machines, ["name"])).map((row) => row.name);
    expect(told.at("machines")).toEqual([...names].sort());
    expect(told.at("tree")).toContain("/DC0/vm/servers/web-01");
    expect(told.at("tree")).toContain("/DC0/host/cluster-01/esx-01.lab.local");
    const golden = await told.vc.find.virtualMachine("golden");
    expect(told.at("found by path")).toBe(shown(golden.ref));
    for (const step of ["found by uuid", "found by instance uuid", "found as a child", "time"])
      expect(told.at(step), step).toBe(true);
    expect(told.at("not found")).toBeNull();
    expect(told.at("a view that is gone")).toBe("ManagedObjectNotFound");
  });

  it("retrieves properties page by page, and hears of wrong paths", async () => {
    const machines = await told.vc.find.virtualMachines("*");
    const rows = await told.vc.retrieve(machines, ["name", "config.hardware.memoryMB"]);
    expect(told.at("rows")).toEqual(
      Object.fromEntries(
        rows.map((row) => [
          row.ref.value,
          { name: row.name, "config.hardware.memoryMB": row["config.hardware.memoryMB"] },
        ]),
      ),
    );
    expect(told.at("pages")).toBe(Math.ceil(rows.length / 2));
    expect(told.at("a wrong path")).toBe("config.nothing");
  });

  it("reads numbers beyond 32 bits, subtypes and samples", async () => {
    expect(told.at("disk")).toEqual({ bytes: 40 * 2 ** 30, isLong: true, backing: "VirtualDiskFlatVer2BackingInfo" });
    const store = await told.vc.find.datastore("vmfs-01");
    expect(told.at("datastore")).toEqual({ capacity: await store.get("summary.capacity"), name: "vmfs-01" });
    const golden = await told.vc.find.virtualMachine("golden");
    expect(told.at("memory in use")).toBe((await golden.memory.figures()).mapped / 1024);
  });
});
