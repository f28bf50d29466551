import { afterAll, beforeAll, expect, it } from "vitest";
import { shown, type Told, tell, withPyvmomi } from "./lab.ts";

withPyvmomi("pyvmomi and the life of a machine", () => {
  let told: Told;
  beforeAll(async () => {
    told = await tell("machines");
  });
  afterAll(() => told[Symbol.asyncDispose]());
  const made = () => told.vc.find.virtualMachine("made");

  it("makes one with devices, and hears that the name is taken", async () => {
    const machine = await made();
    expect(told.at("made")).toBe(shown(machine.ref));
    expect(told.at("notes")).toBe('five < six & "seven" > é世');
    expect(await machine.get("config.annotation")).toBe(told.at("notes"));
    expect(told.at("made again")).toEqual({ name: "made", object: true });
  });

  it("changes it: memory, a disk, a card, extra configuration", () => {
    expect(told.at("changed")).toEqual({ memory: 1024, disks: [2 * 2 ** 20, 2 ** 20], cards: 2, word: ["hello"] });
    expect(told.at("changed wrongly")).toMatch(/memoryMB/);
  });

  it("powers it, keeps snapshots and goes back to them", async () => {
    expect(told.at("on again")).toEqual({ existing: "poweredOn", requested: "poweredOn" });
    expect(told.at("snapshots")).toEqual([{ name: "first", below: [{ name: "second", below: [] }] }]);
    expect(told.at("back at the first")).toEqual({ power: "poweredOff", current: true });
    expect(await (await made()).get("runtime.powerState")).toBe("poweredOff");
  });

  it("clones it, fully and linked", () => {
    expect(told.at("clones")).toEqual({
      copy: true,
      linked: expect.stringMatching(/^\[vmfs-01\] made\/made.*\.vmdk$/),
    });
  });

  it("forks a frozen one with InstantCloneSpec, moves the fork, and destroys it", () => {
    expect(told.at("fork")).toMatch(/^VirtualMachine:vm-\d+$/);
    expect(told.at("fork is")).toEqual({ power: "poweredOn", word: ["fork"], card: false, uuid: true });
    expect(told.at("moved")).toBe(true);
    expect(told.at("gone")).toBe(true);
    expect(told.at("left")).toEqual(["copy", "golden", "made", "photon-golden"]);
  });
});
