import { afterAll, beforeAll, expect, it } from "vitest";
import { type Told, tell, withPyvmomi } from "./lab.ts";

withPyvmomi("pyvmomi in a guest and on a datastore", () => {
  let told: Told;
  beforeAll(async () => {
    told = await tell("guest");
  });
  afterAll(() => told[Symbol.asyncDispose]());

  it("runs a program, and says how it ended", async () => {
    expect(told.at("program")).toEqual({ exitCode: 3, owner: "root" });
    const machine = await told.vc.find.virtualMachine("web-01");
    const name = new TextDecoder().decode(await machine.guest.readFile("/tmp/name"));
    expect(name.trim()).toBe(await machine.get("guest.hostName"));
  });

  it("brings files in and out by their URLs", async () => {
    const words = "words for a guest\né";
    const size = Buffer.byteLength(words);
    expect(told.at("put")).toBe(200);
    expect(told.at("got")).toEqual({ status: 200, same: true, size, mode: 0o640 });
    expect(told.at("listed")).toEqual([["words", size]]);
    const machine = await told.vc.find.virtualMachine("web-01");
    expect(new TextDecoder().decode(await machine.guest.readFile("/tmp/words"))).toBe(words);
    expect(told.at("a wrong password")).toBe("InvalidGuestLogin");
    expect(told.at("a missing file")).toBe("/tmp/none");
  });

  it("brings files to a datastore and back, whole and in part, with the cookie of its session only", () => {
    expect(told.at("uploaded")).toBe(201);
    expect(told.at("downloaded")).toEqual({ status: 200, same: true });
    expect(told.at("a part")).toEqual([206, [10, 11, 12, 13]]);
    expect(told.at("without a session")).toBe(401);
    expect(told.at("searched")).toEqual(["x.bin"]);
  });
});
