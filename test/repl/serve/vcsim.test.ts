import { describe, expect, test } from "vitest";
import { delaysOf } from "../../../repl/serve/vcsim-delay.ts";
import { readVcsimArguments, vcsimFlags, vcsimHelp } from "../../../repl/serve/vcsim-flags.ts";
import { vcsimInventory } from "../../../repl/serve/vcsim-inventory.ts";

function flagsOf(...argv: readonly string[]) {
  const read = readVcsimArguments(argv);
  if (read.kind !== "run") throw new Error(`not run: ${read.kind}`);
  return read.flags;
}

describe("vcsim's flags", () => {
  test("have vcsim's defaults", () => {
    expect(flagsOf()).toMatchObject({
      ...{ dc: 1, cluster: 1, host: 3, "standalone-host": 1, vm: 2, ds: 1, pg: 1, pool: 0, folder: 0 },
      ...{ l: "127.0.0.1:8989", E: "-", tls: true, autostart: true, esx: false, tunnel: -1 },
    });
  });

  test("are read as Go reads them: one dash or two, with or without an equals sign, truth values alone", () => {
    expect(
      flagsOf("-dc", "2", "--vm=0x10", "-tls=false", "--esx", "-autostart=F", "-delay-jitter", ".5"),
    ).toMatchObject({
      ...{ dc: 2, vm: 16, tls: false, esx: true, autostart: false, "delay-jitter": 0.5 },
    });
  });

  test.each([
    [["-foo"], /no flag -foo/],
    [["-dc"], /-dc needs a value/],
    [["-dc", "two"], /-dc takes a whole number, not "two"/],
    [["-dc", "1.5"], /whole number/],
    [["-vm=-1"], /-vm is a number of things/],
    [["-tls=maybe"], /-tls takes true or false/],
    [["-tls", "false"], /"false" is neither a flag/],
    [["-pod", "1"], /-pod: storage pods are not simulated/],
    [["-app=2"], /-app: virtual apps/],
    [["-nsx", "1"], /-nsx/],
    [["-pg-nsx", "1"], /-pg-nsx/],
    [["-load", "dir"], /-load/],
    [["serve"], /neither a flag nor/],
  ])("that are wrong, or ask for what is not simulated, are refused by name: %j", (argv, message) => {
    expect(() => readVcsimArguments(argv)).toThrow(message);
  });

  test("that ask for none of what is not simulated are in order", () => {
    expect(flagsOf("-pod", "0", "-app=0", "-nsx", "0", "-load", "")).toMatchObject({ pod: 0, app: 0, nsx: 0 });
  });

  test("are all in the help; version, uuidgen and help are known", () => {
    for (const name of Object.keys(vcsimFlags)) expect(vcsimHelp()).toContain(`  -${name}`);
    expect(readVcsimArguments(["version"])).toEqual({ kind: "version" });
    expect(readVcsimArguments(["-dc", "2", "uuidgen"])).toEqual({ kind: "uuidgen" });
    for (const word of ["-h", "--help", "-help"]) expect(readVcsimArguments([word])).toEqual({ kind: "help" });
  });
});

describe("vcsim's inventory", () => {
  const names = (...argv: readonly string[]) =>
    vcsimInventory(flagsOf(...argv)).datacenters.flatMap(({ machines = [] }) => machines.map(({ name }) => name));

  test("has machines on standalone hosts and in clusters, named after both", () => {
    expect(names()).toEqual(["DC0_H0_VM0", "DC0_H0_VM1", "DC0_C0_RP0_VM0", "DC0_C0_RP0_VM1"]);
  });

  test("has them in the pools where there are any, and then not in the root pool", () => {
    expect(names("-pool", "2", "-vm", "1", "-standalone-host", "0")).toEqual(["DC0_C0_RP1_VM0", "DC0_C0_RP2_VM0"]);
  });

  test("wraps the last datacenters in folders", () => {
    const { datacenters } = vcsimInventory(flagsOf("-dc", "3", "-folder", "2"));
    expect(datacenters.map(({ folder }) => folder)).toEqual([undefined, "F0", "F1"]);
    expect(datacenters[2]?.clusters?.[0]?.folder).toBe("F1");
    expect(datacenters[2]?.machines?.[0]?.folder).toBe("F1");
  });
});

describe("vcsim's delays", () => {
  test("hold for every call, a method's own on top", () => {
    const { call, tasks } = delaysOf(flagsOf("-delay", "10", "-method-delay", "PowerOnVM_Task:5, CloneVM_Task:7"));
    expect([call?.("CurrentTime"), call?.("PowerOnVM_Task"), call?.("CloneVM_Task")]).toEqual([10, 15, 17]);
    expect(tasks).toBeUndefined();
  });

  test("of a name without _Task are the task's", () => {
    const { call, tasks } = delaysOf(flagsOf("-method-delay=PowerOn:20"));
    expect(tasks).toEqual({ "*": 0, PowerOn_Task: 20, PowerOnVM_Task: 20 });
    expect(call?.("PowerOnVM_Task")).toBe(0);
  });

  test("vary about what was asked, in proportion to it, and are never less than nothing", () => {
    let seed = 7;
    const chance = () => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return seed / 2 ** 32;
    };
    const { call } = delaysOf(flagsOf("-delay", "1000", "-delay-jitter", "0.5"), chance);
    const seen = Array.from({ length: 4000 }, () => call?.("CurrentTime") ?? 0);
    const mean = seen.reduce((a, b) => a + b) / seen.length;
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(0);
    expect(Math.abs(mean - 1000)).toBeLessThan(100);
    expect(new Set(seen).size).toBeGreaterThan(100);
  });

  test("there are none without the flags", () => {
    expect(delaysOf(flagsOf())).toEqual({ call: undefined, tasks: undefined });
  });

  test.each(["x", "a:b", "a:1;b:2", ":1", "a:1,"])("written wrongly are refused: %s", (text) => {
    expect(() => delaysOf(flagsOf("-method-delay", text))).toThrow(/-method-delay is written as/);
  });
});
