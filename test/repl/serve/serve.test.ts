import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { plainColours } from "../../../repl/render/colour.ts";
import { parseAddress } from "../../../repl/serve/address.ts";
import { announcement } from "../../../repl/serve/announce.ts";
import { readInventory } from "../../../repl/serve/inventory.ts";
import { inventoryPath } from "../../../repl/serve/inventory-path.ts";
import { isEverywhere, isLocal } from "../../../repl/serve/local.ts";
import { readServeArguments, serveOptions } from "../../../repl/serve/option.ts";
import { newPassword } from "../../../repl/serve/password.ts";
import { errorLine, watchLine } from "../../../repl/serve/watch.ts";
import type { LogEntry } from "../../../sdk/host/index.ts";

const folder = mkdtempSync(join(tmpdir(), "fargo-serve-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

describe("an address", () => {
  test.each([
    ["127.0.0.1:8989", "127.0.0.1", 8989],
    ["localhost:0", "localhost", 0],
    ["[::1]:65535", "::1", 65_535],
    [":443", "127.0.0.1", 443],
    ["443", "127.0.0.1", 443],
  ])("%s is understood", (text, host, port) => {
    expect(parseAddress(text, "--listen")).toEqual({ host, port });
  });

  test.each(["", "127.0.0.1", "a:b", "1:65536", "http://a:1", "::1", "a:-1", "a b:1", "::1:80"])(
    "%j is none",
    (text) => {
      expect(() => parseAddress(text, "--listen")).toThrow(/--listen is an address and a port/);
    },
  );

  test("is this machine's own or others can reach it", () => {
    expect(["127.0.0.1", "127.1.2.3", "::1", "localhost"].map(isLocal)).toEqual([true, true, true, true]);
    expect(["0.0.0.0", "::", "0:0:0:0:0:0:0:0", "::1", "127.0.0.1"].map(isEverywhere)).toEqual([
      ...[true, true, true, false, false],
    ]);
    expect(["0.0.0.0", "::", "10.0.0.1", "example.com", "128.0.0.1"].map(isLocal)).not.toContain(true);
  });
});

describe("the options of serve", () => {
  test("are read, with and without an equals sign", () => {
    expect(readServeArguments(["--listen=:0", "--user", "a=b", "--esx", "--watch"])).toEqual({
      kind: "values",
      values: { listen: ":0", user: "a=b", esx: true, watch: true },
    });
    expect(readServeArguments(["--listen", ":0", "-h"])).toEqual({ kind: "help" });
  });

  test.each([
    [["--lisen", ":0"], /unknown option "--lisen"; did you mean --listen\?/],
    [["--listen"], /--listen needs a value/],
    [["--esx=1"], /--esx takes no value/],
    [["--seed", "1", "--seed", "2"], /--seed is given twice/],
    [["script.ps1"], /"script.ps1" is not an option/],
    [["--__proto__", "1"], /unknown option/],
  ])("that are wrong are explained: %j", (argv, message) => {
    const read = readServeArguments(argv);
    expect(read.kind === "usage" ? read.message : read).toMatch(message);
  });

  test("are all in the help", async () => {
    const { serveHelp } = await import("../../../repl/serve/help.ts");
    const help = await serveHelp(100);
    for (const name of Object.keys(serveOptions)) expect(help).toContain(`--${name}`);
    expect(help).toContain("./serve");
  });
});

describe("an inventory", () => {
  test("may be counts", () => {
    expect(readInventory("machines=2500, clusters=4,poweredOn=false").inventory).toEqual({
      ...{ machines: 2500, clusters: 4, poweredOn: false },
    });
  });

  test("may be a file, with a byte order mark or without", () => {
    expect(readInventory(file("a.json", '\ufeff{"machines": 3}')).inventory).toEqual({ machines: 3 });
  });

  test.each([
    ["machines=", /"machines=" is none/],
    ["machines=1,,", /"" is none/],
    ["machines=1,machines=2", /given twice/],
    [join(folder, "nothere.json"), /cannot be read: there is no such file/],
    [folder, /cannot be read: it is a directory/],
  ])("that cannot be understood is refused: %s", (text, message) => {
    expect(() => readInventory(text)).toThrow(message);
  });

  test("in a file that is no JSON, or no object, is refused by the file's name", () => {
    expect(() => readInventory(file("b.json", "{"))).toThrow(/b\.json" is no JSON/);
    expect(() => readInventory(file("c.json", "[1]"))).toThrow(/c\.json" must hold an object/);
  });

  test("with a mistake in it is refused by the path of the mistake", () => {
    expect(inventoryPath("lab.json", "inventory.datacenters[0].name must be a string, not 1.")).toBe(
      "lab.json: datacenters[0].name must be a string, not 1",
    );
    expect(inventoryPath("lab.json", "seed must be a number.")).toBe("seed must be a number.");
  });
});

describe("what is printed", () => {
  const given = { version: "1.0.0", url: "https://127.0.0.1:8989/sdk", user: "administrator@vsphere.local" };

  test("is where it listens and lines to copy", () => {
    const password = { made: "s3cret" };
    const text = announcement(
      { ...given, password, thumbprint: "AB:CD", watched: false, everywhere: false },
      plainColours,
    );
    expect(text).toContain(
      "export GOVC_URL=https://127.0.0.1:8989/sdk GOVC_USERNAME=administrator@vsphere.local GOVC_PASSWORD=s3cret GOVC_INSECURE=1\n",
    );
    expect(text).toContain("fargo --server https://administrator%40vsphere.local@127.0.0.1:8989\n");
    expect(text).toContain(
      'SmartConnect(host="127.0.0.1", port=8989, user="administrator@vsphere.local", pwd="s3cret", disable',
    );
    expect(text).toContain("AB:CD");
    expect(text).not.toContain("\u001b");
  });

  test("does not repeat a password that was given, and speaks of plain HTTP where there is no TLS", () => {
    const more = { url: "http://[::1]:80/sdk", user: "o'neill", password: { from: "environment" } } as const;
    const text = announcement(
      { ...given, ...more, thumbprint: undefined, watched: true, everywhere: true },
      plainColours,
    );
    expect(text).toContain(`GOVC_USERNAME='o'\\''neill' GOVC_PASSWORD="$FARGO_PASSWORD"\n`);
    expect(text).toContain('SmartConnect(host="::1", port=80,');
    expect(text).toContain('protocol="http"');
    expect(text).not.toContain("INSECURE");
    expect(text).toContain("every other address");
  });

  test("a password that is made is long, plain and never the same", () => {
    const made = new Set(Array.from({ length: 100 }, newPassword));
    expect(made.size).toBe(100);
    for (const one of made) expect(one).toMatch(/^[a-zA-Z2-9]{20}$/);
  });
});

describe("a request that is watched", () => {
  const entry: LogEntry = {
    time: "2026-01-01T12:00:00.123Z",
    id: "1",
    ipAddress: "127.0.0.1",
    user: "VSPHERE.LOCAL\\Administrator",
    request: "POST /sdk",
    method: "PowerOnVM_Task",
    object: "VirtualMachine:vm-7",
    duration: 1.25,
    status: 500,
    fault: "InvalidPowerState",
  };

  test("is one line", () => {
    expect(watchLine(entry, plainColours)).toMatch(
      /^\d\d:\d\d:\d\d\.123 {2}Administrator +PowerOnVM_Task +vm-7 +1\.3 ms {2}500 {2}InvalidPowerState\n$/,
    );
  });

  test("names the object as it is called, where it has a name", () => {
    const line = watchLine(entry, plainColours, (object) => (object === "VirtualMachine:vm-7" ? "web-01" : undefined));
    expect(line).toContain("  web-01  ");
    expect(line).not.toContain("vm-7");
    expect(watchLine({ ...entry, object: "SessionManager:SessionManager" }, plainColours)).not.toMatch(
      /SessionManager/,
    );
  });

  test("is one line whatever clients send, and shows no key of a session", () => {
    const object = "ContainerView:session[52-secret]ContainerView-1";
    const line = watchLine({ ...entry, user: "a\n\u001b[2Jb", object }, plainColours);
    expect(line.split("\n")).toHaveLength(2);
    expect(line).not.toContain("\u001b");
    expect(line).not.toContain("52-secret");
    expect(line).toContain("ContainerView-1");
  });

  test("shows what went wrong in the server itself", () => {
    expect(errorLine({ ...entry, error: "Error: x\n  at y" }, plainColours)).toContain("Error: x");
    expect(errorLine(entry, plainColours)).toBe("");
  });
});
