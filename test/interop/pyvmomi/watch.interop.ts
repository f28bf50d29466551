import { afterAll, beforeAll, expect, it } from "vitest";
import { type Told, tell, withPyvmomi } from "./lab.ts";

withPyvmomi("pyvmomi waits for updates", () => {
  let told: Told;
  beforeAll(async () => {
    told = await tell("watch");
  });
  afterAll(() => told[Symbol.asyncDispose]());

  it("is told of all there is first, and then of nothing until something happens", async () => {
    const machines = await told.vc.find.virtualMachines("*");
    const names = (await told.vc.retrieve(machines, ["name"])).map((row) => row.name);
    expect(told.at("first")).toEqual([...names].sort());
    expect(told.at("kinds")).toEqual(["enter"]);
    expect(told.at("nothing new")).toBeNull();
  });

  it("hears of what comes into a view, changes in it, and leaves it", () => {
    const object = told.at("child");
    const changes = (...list: unknown[]) => list;
    expect(told.at("it comes")).toEqual([
      {
        kind: "enter",
        object,
        changes: changes(["name", "assign", "watched"], ["runtime.powerState", "assign", "poweredOn"]),
      },
    ]);
    expect(told.at("it is renamed")).toEqual([
      { kind: "modify", object, changes: changes(["name", "assign", "renamed"]) },
    ]);
    expect(told.at("it is off")).toEqual([
      { kind: "modify", object, changes: changes(["runtime.powerState", "assign", "poweredOff"]) },
    ]);
    expect(told.at("it leaves")).toEqual([{ kind: "leave", object, changes: [] }]);
  });

  it("hears of a list's members one by one where it asked for that", () => {
    const folder = String(told.at("folder"));
    const name = `childEntity["${folder.slice(folder.indexOf(":") + 1)}"]`;
    expect(told.at("a child is added")).toMatchObject([{ kind: "modify", changes: [[name, "add", folder]] }]);
    expect(told.at("a child is removed")).toMatchObject([{ kind: "modify", changes: [[name, "remove", null]] }]);
    expect(told.at("a wrong version")).toBe("InvalidCollectorVersion");
  });
});
