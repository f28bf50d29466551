import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { residentPages } from "../../../../../sdk/host/guest/memory/resident.ts";
import { touchedPages } from "../../../../../sdk/host/guest/memory/touched.ts";
import { programsOf, startProgram, terminateProgram } from "../../../../../sdk/host/guest/program/programs.ts";
import { Vcenter } from "../../machine/vcenter.ts";

const root = { name: "root", uid: 0, gid: 0, home: "/root" };
let vc: Vcenter;
beforeEach(() => {
  vc = new Vcenter();
});
afterEach(() => vc.close());

const start = (name: string): number =>
  vc.host.universe.transact((tx) =>
    startProgram(tx, vc.machine(name).id, { programPath: "/bin/sleep", arguments: "100", user: root }),
  );
const pagesOf = (name: string, pid: number) => residentPages(vc.view, vc.machine(name).id, pid);
const ownPages = (name: string) => vc.pages.figures(vc.machine(name).memory).private;

describe("a program that runs in a guest", () => {
  it("holds pages that it has written, beside those of others, until it ends", () => {
    const before = ownPages("web-01");
    const first = start("web-01");
    const second = start("web-01");
    expect([pagesOf("web-01", first), pagesOf("web-01", second)]).toEqual([16, 16]);
    expect(ownPages("web-01") - before).toBe(32);
    expect(touchedPages(vc.view, vc.machine("web-01").id)).toEqual({ touched: 32, written: 32 });
    vc.host.universe.transact((tx) => terminateProgram(tx, vc.machine("web-01").id, first));
    expect(programsOf(vc.view, vc.machine("web-01").id).find(({ pid }) => pid === first)?.exitCode).toBe(143);
    expect([pagesOf("web-01", first), pagesOf("web-01", second)]).toEqual([0, 16]);
    // What was written stays: nobody zeroes free memory.
    expect(ownPages("web-01") - before).toBe(32);
  });

  it("holds the same pages in a fork of its machine, which shares them until it goes on", () => {
    const pid = start("web-01");
    vc.instantClone("web-01", "fork");
    expect(pagesOf("fork", pid)).toBe(16);
    expect(ownPages("fork")).toBe(0);
    expect(touchedPages(vc.view, vc.machine("fork").id).touched).toBe(0);
  });

  it("has worked in memory also when it goes on in a fork and ends in one go", async () => {
    const fork = vc.instantClone("photon-golden", "fork");
    expect(ownPages("fork")).toBe(0);
    await vc.host.idle();
    expect(ownPages("fork")).toBe(16);
    expect(vc.state.guestMemory.get(fork.id)?.resident).toEqual([]);
  });

  it("leaves nothing behind when what started it fails", () => {
    const before = vc.pages.figures(vc.machine("web-01").memory);
    const { state } = vc;
    expect(() =>
      vc.host.universe.transact((tx) => {
        startProgram(tx, vc.machine("web-01").id, { programPath: "/bin/true", arguments: "", user: root });
        throw new Error("after all");
      }),
    ).toThrow("after all");
    expect(vc.state).toBe(state);
    expect(vc.pages.figures(vc.machine("web-01").memory)).toEqual(before);
  });
});
