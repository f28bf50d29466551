import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect, type Host, type Session, startHost } from "../../../sdk/index.ts";

let host: Host;
let vc: Session;
beforeAll(async () => {
  host = await startHost({ seed: 1 });
  vc = await connect(host);
});
afterAll(async () => {
  await vc.close();
  host.close();
});

const namesOf = async (pattern: string) =>
  (await vc.retrieve(await vc.find.virtualMachines(pattern), ["name"])).map((row) => row.name).sort();

describe("find", () => {
  it("finds one machine by its name, wherever it is", async () => {
    expect((await vc.find.virtualMachine("db-01")).ref.type).toBe("VirtualMachine");
  });

  it("takes wildcards in names", async () => {
    expect(await namesOf("web-*")).toEqual(["web-01", "web-02"]);
    expect(await namesOf("web-0[2-9]")).toEqual(["web-02"]);
    expect(await namesOf("?b-01")).toEqual(["db-01"]);
  });

  it("takes inventory paths, with wildcards and any depth", async () => {
    expect(await namesOf("/DC0/vm/servers/*")).toEqual(["build-01", "db-01", "web-01", "web-02"]);
    expect(await namesOf("/DC0/vm/golden")).toEqual(["golden"]);
    expect(await namesOf("/DC0/vm/.../ubuntu-*")).toEqual(["ubuntu-template"]);
    expect(await namesOf("/DC0/vm/nowhere/*")).toEqual([]);
  });

  it("says what was not found, and what is not one object", async () => {
    await expect(vc.find.virtualMachine("nobody")).rejects.toMatchObject({ code: "NotFound" });
    await expect(vc.find.virtualMachine("nobody")).rejects.toThrow("'nobody'");
    await expect(vc.find.virtualMachine("web-*")).rejects.toMatchObject({ code: "MoreThanOne" });
  });

  it("finds every other kind of object", async () => {
    expect(await vc.find.hosts()).toHaveLength(4);
    expect(await vc.find.datastores()).toHaveLength(2);
    expect(await vc.find.clusters()).toHaveLength(1);
    expect((await vc.find.resourcePool("desktops")).ref.value).toMatch(/^resgroup-/);
    expect((await vc.find.datacenter("DC0")).ref.value).toMatch(/^datacenter-/);
    expect((await vc.find.folder("/DC0/vm")).ref.value).toMatch(/^group-v/);
    expect(await vc.find.hosts("/DC0/host/cluster-01/*")).toHaveLength(4);
  });

  it("sees at once what was made, renamed and destroyed", async () => {
    const golden = await vc.find.virtualMachine("golden");
    const fork = await golden.instantClone({ name: "seen" });
    expect((await vc.find.virtualMachine("seen")).id).toBe(fork.id);
    await fork.rename("seen again");
    expect(await vc.find.virtualMachines("seen")).toHaveLength(0);
    expect((await vc.find.virtualMachine("seen again")).id).toBe(fork.id);
    await fork.powerOff();
    await fork.destroy();
    expect(await vc.find.virtualMachines("seen*")).toHaveLength(0);
  });

  it("takes names with slashes, per cents, wildcards, quotes, emoji and control characters literally", async () => {
    const golden = await vc.find.virtualMachine("golden");
    for (const name of ["a/b", "100%", "50%25", "back\\slash", "star*", "q'\"q", "🐑 clone", "tab\there", "[x]"]) {
      const fork = await golden.instantClone({ name });
      const all = await vc.find.names("VirtualMachine");
      expect(all.find(({ ref }) => ref.value === fork.id)?.name).toBe(name === "50%25" ? "50%" : name);
      await fork.powerOff();
      await fork.destroy();
    }
  });
});
