import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connect, type Guest, type Host, startHost, type VirtualMachine } from "../../../sdk/index.ts";
import { Session } from "../../../sdk/session.ts";

let host: Host;
let vc: Session;
let vm: VirtualMachine;
let guest: Guest;
beforeEach(async () => {
  host = await startHost({ seed: 1 });
  vc = await connect(host);
  vm = await vc.find.virtualMachine("web-01");
  guest = vm.guest;
});
afterEach(async () => {
  await vc.close();
  host.close();
});

const text = async (path: string, of: Guest = guest) => new TextDecoder().decode(await of.readFile(path));
const refusal = (code: string, message: RegExp | string = "") =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });

/** Gives the image's plain account a password. */
async function asUser(): Promise<Guest> {
  const shadow = await text("/etc/shadow");
  const [, hash = ""] = /^root:([^:]*)/.exec(shadow) ?? [];
  await guest.writeFile(
    "/etc/shadow",
    shadow.replace(/^user:[^:]*/m, () => `user:${hash}`),
  );
  return guest.as({ user: "user", password: "fargo" });
}

describe("files of a guest", () => {
  it("are written and read whole, and are the guest's own afterwards", async () => {
    await guest.writeFile("/etc/motd", "Grüße\n");
    expect(await text("/etc/motd")).toBe("Grüße\n");
    const bytes = Uint8Array.from({ length: 3_000_001 }, (_, i) => i * 7);
    const seen: number[] = [];
    await guest.writeFile("/var/tmp/big", bytes, { onProgress: ({ done }) => seen.push(done) });
    expect(seen.at(-1)).toBe(bytes.length);
    expect(Buffer.compare(await guest.readFile("/var/tmp/big"), bytes)).toBe(0);
    await guest.writeFile("/var/tmp/empty", "");
    expect(await guest.readFile("/var/tmp/empty")).toHaveLength(0);
  });

  it("of a fork are its own: neither the source nor a sibling sees them", async () => {
    const [one, two] = [await vm.instantClone({ name: "one" }), await vm.instantClone({ name: "two" })];
    const before = await text("/etc/motd");
    await one.guest.writeFile("/etc/motd", "one");
    await guest.writeFile("/etc/issue", "source");
    expect(await text("/etc/motd", one.guest)).toBe("one");
    expect(await text("/etc/motd", two.guest)).toBe(before);
    expect(await text("/etc/motd")).toBe(before);
    expect(await text("/etc/issue", one.guest)).not.toBe("source");
  });

  it("are there again after a restore, as they were", async () => {
    const mark = host.snapshot();
    const before = await text("/etc/motd");
    await guest.writeFile("/etc/motd", "changed");
    host.restore(mark);
    expect(await text("/etc/motd")).toBe(before);
    mark.release();
  });

  it("are not replaced unasked, and are as they are told to be", async () => {
    await expect(guest.writeFile("/etc/motd", "x", { overwrite: false })).rejects.toEqual(refusal("FileAlreadyExists"));
    const modified = "2026-01-02T03:04:05.000Z";
    await guest.writeFile("/usr/local/bin/x", "x", { mode: 0o750, owner: 1000, group: 100, modified });
    expect(await guest.stat("/usr/local/bin/x")).toMatchObject({
      path: "/usr/local/bin/x",
      name: "x",
      type: "file",
      size: 1,
      mode: 0o750,
      owner: 1000,
      group: 100,
      modified,
    });
    await guest.setAttributes("/usr/local/bin/x", { mode: 0o700 });
    expect(await guest.stat("/usr/local/bin/x")).toMatchObject({ mode: 0o700, modified });
  });

  it("are listed page by page, by pattern, without the directory itself", async () => {
    await guest.makeDirectory("/srv/many");
    const names = Array.from({ length: 60 }, (_, i) => `f${String(i).padStart(2, "0")}`);
    for (const name of names) await guest.writeFile(`/srv/many/${name}`, name);
    expect((await guest.list("/srv/many")).map(({ name }) => name)).toEqual(names);
    expect((await guest.list("/srv/many/", { match: "^f0[12]$" })).map(({ path }) => path)).toEqual([
      "/srv/many/f01",
      "/srv/many/f02",
    ]);
    await expect(guest.list("/etc/motd")).rejects.toEqual(refusal("NotADirectory"));
    await expect(guest.list("/nowhere")).rejects.toEqual(refusal("FileNotFound", "/nowhere.*web-01"));
  });

  it("are moved and removed, directories too", async () => {
    await guest.makeDirectory("/srv/a/b/c", { parents: true });
    await guest.writeFile("/srv/a/b/f", "1");
    await guest.move("/srv/a/b", "/srv/d");
    await guest.move("/srv/d/f", "/srv/d/g");
    expect((await guest.list("/srv/d")).map(({ name, type }) => [name, type])).toEqual([
      ["c", "directory"],
      ["g", "file"],
    ]);
    await expect(guest.remove("/srv/d")).rejects.toEqual(refusal("DirectoryNotEmpty"));
    await guest.remove("/srv/d", { recursive: true });
    await guest.remove("/srv/a");
    expect(await guest.exists("/srv/d")).toBe(false);
    expect(await guest.exists("/srv/a")).toBe(false);
  });

  it("for a while have names that nothing else has", async () => {
    const paths = [
      await guest.temporaryFile({ prefix: "a-", suffix: ".sh" }),
      await guest.temporaryFile(),
      await guest.temporaryDirectory({ directory: "/var/tmp" }),
    ];
    expect(new Set(paths).size).toBe(3);
    expect(paths[0]).toMatch(/^\/tmp\/a-.+\.sh$/);
    expect((await guest.stat(paths[2] ?? "")).type).toBe("directory");
  });

  it("are as they were when a write is given up", async () => {
    const giveUp = new AbortController();
    const bytes = new Uint8Array(2_000_000);
    const onProgress = () => giveUp.abort();
    const before = await text("/etc/motd");
    await expect(guest.writeFile("/etc/motd", bytes, { signal: giveUp.signal, onProgress })).rejects.toEqual(
      refusal("Aborted"),
    );
    expect(await text("/etc/motd")).toBe(before);
    await expect(guest.readFile("/etc/motd", { signal: giveUp.signal })).rejects.toEqual(refusal("Aborted"));
  });
});

describe("accounts of a guest", () => {
  it("are its own: a wrong password and an unknown name are refused alike", async () => {
    await guest.validate();
    for (const credentials of [
      { user: "root", password: "wrong" },
      { user: "nobody-there", password: "fargo" },
      { user: "user", password: "" },
    ])
      await expect(guest.as(credentials).validate()).rejects.toEqual(refusal("InvalidGuestLogin"));
  });

  it("may do what the guest's filesystem lets them, and what they make is theirs", async () => {
    const user = await asUser();
    await expect(user.readFile("/etc/shadow")).rejects.toEqual(refusal("CannotAccessFile", "/etc/shadow"));
    await expect(user.writeFile("/etc/motd", "x")).rejects.toEqual(refusal("CannotAccessFile"));
    await expect(user.remove("/etc/motd")).rejects.toEqual(refusal("CannotAccessFile"));
    await expect(user.list("/root")).rejects.toEqual(refusal("CannotAccessFile"));
    await expect(user.setAttributes("/etc/motd", { mode: 0o777 })).rejects.toEqual(refusal("GuestPermissionDenied"));
    await user.writeFile("/tmp/mine", "x");
    await expect(user.setAttributes("/tmp/mine", { owner: 0 })).rejects.toEqual(refusal("GuestPermissionDenied"));
    expect(await user.stat("/tmp/mine")).toMatchObject({ owner: 1000, group: 1000, mode: 0o644 });
    expect(await user.environment({ names: ["HOME", "USER", "NONE"] })).toEqual({ HOME: "/home/user", USER: "user" });
  });

  it("are given once for a connection, or for one guest", async () => {
    const wrong = await connect(host, { guest: { user: "root", password: "no" } });
    const same = await wrong.find.virtualMachine("web-01");
    await expect(same.guest.list("/")).rejects.toEqual(refusal("InvalidGuestLogin"));
    expect(await same.guest.as({ user: "root", password: "fargo" }).list("/")).not.toEqual([]);
    await wrong.close();
  });
});

describe("a connection that cannot move files", () => {
  it("says so before it asks for anything, and does all else", async () => {
    const transport = { ...vc.transport, transfer: undefined };
    const bare = new Session(transport, vc.content, async () => {}, { user: "root", password: "fargo" });
    const same = await bare.find.virtualMachine("web-01");
    await expect(same.guest.readFile("/etc/motd")).rejects.toEqual(refusal("NotSupported"));
    await expect(same.guest.writeFile("/etc/motd", "")).rejects.toEqual(refusal("NotSupported"));
    expect(await same.guest.exists("/etc/motd")).toBe(true);
    const nobody = await new Session(transport, vc.content, async () => {}).find.virtualMachine("web-01");
    await expect(nobody.guest.list("/")).rejects.toEqual(refusal("InvalidArgument", "Which account"));
  });
});

describe("guests that do not answer", () => {
  it("are those of machines that are off, frozen, or not there", async () => {
    const off = await vc.find.virtualMachine("build-01");
    await expect(off.guest.list("/")).rejects.toEqual(refusal("InvalidPowerState"));
    const frozen = await vc.find.virtualMachine("golden");
    await expect(frozen.guest.list("/")).rejects.toEqual(refusal("GuestOperationsUnavailable", "frozen"));
    const fork = await frozen.instantClone({ name: "desk" });
    expect(await fork.guest.exists("/etc/passwd")).toBe(true);
    await fork.suspend();
    await expect(fork.guest.processes()).rejects.toEqual(refusal("InvalidPowerState"));
    await fork.destroy();
    await expect(fork.guest.list("/")).rejects.toEqual(refusal("ManagedObjectNotFound"));
  });

  it("have a wiped disk, and say so", async () => {
    await vm.disk.write(0, new Uint8Array(4096));
    await expect(guest.list("/")).rejects.toEqual(refusal("GuestOperationsUnavailable"));
  });
});

describe("programs of a guest", () => {
  it("run to their end and tell what they put out, and how they ended", async () => {
    const { pid, ...result } = await guest.run("/bin/sh", ["-c", "echo out; echo err >&2; exit 3"]);
    expect(result).toEqual({ exitCode: 3, stdout: "out\n", stderr: "err\n" });
    expect(await guest.processes({ pids: [pid] })).toMatchObject([{ pid, name: "sh", owner: "root", exitCode: 3 }]);
    expect(await guest.list("/tmp")).toEqual([]);
  });

  it("get their arguments as they were given, a directory and variables", async () => {
    const args = ["it's", "a  b", "$HOME", "", "*", "\\n"];
    const { stdout } = await guest.run("printf", ["[%s]", ...args]);
    expect(stdout).toBe("[it's][a  b][$HOME][][*][\\n]");
    const options = { cwd: "/var/tmp", env: { GREETING: "good day" }, merge: true };
    const mixed = await guest.run("/bin/bash", ["-c", "pwd; echo $GREETING >&2; echo $HOME"], options);
    expect(mixed.stdout).toBe("/var/tmp\ngood day\n/root\n");
  });

  it("are what their files say, with what the account may do and no more", async () => {
    const user = await asUser();
    await guest.writeFile("/usr/local/bin/who-am-i", '#!/bin/bash\nid -un; echo "$1" > "$2"; cat /etc/shadow\n', {
      mode: 0o755,
    });
    const { stdout, stderr, exitCode } = await user.run("/usr/local/bin/who-am-i", ["mine", "/tmp/of-user"]);
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain("/etc/shadow");
    expect(stdout).not.toContain("root:");
    expect(await guest.stat("/tmp/of-user")).toMatchObject({ owner: 1000 });
    const refused = await user.run("/bin/sh", ["-c", "echo x > /etc/motd"]);
    expect(refused.exitCode).not.toBe(0);
    expect(await text("/etc/motd")).not.toBe("x\n");
  });

  it("end when the caller gives up, and leave nothing in /tmp", async () => {
    const signal = AbortSignal.timeout(300);
    await expect(guest.run("/bin/sh", ["-c", "while true; do :; done"], { signal })).rejects.toEqual(
      refusal("Aborted"),
    );
    const left = (await guest.processes()).filter(({ name, ended }) => name === "sh" && ended === undefined);
    expect(left).toEqual([]);
    expect(await guest.list("/tmp")).toEqual([]);
  });

  it("may freeze the guest, and go on in each fork at the next line", async () => {
    const script = `read=$(vmware-rpctool "info-get guestinfo.name") || read=nobody
vmware-rpctool "instantclone.freeze"
vmware-rpctool "info-get guestinfo.name" > /root/name
hostnamectl set-hostname "$(cat /root/name)"
`;
    await guest.start("/bin/bash", ["-c", script], { redirection: " > /root/log 2>&1" });
    await host.idle();
    expect(await vm.get("runtime.instantCloneFrozen")).toBe(true);
    await expect(guest.list("/")).rejects.toEqual(refusal("GuestOperationsUnavailable"));
    for (const name of ["desk-1", "desk-2"]) {
      const config = [{ _typeName: "OptionValue", key: "guestinfo.name", value: name }] as const;
      const task = await vm.InstantClone_Task({ spec: { name, location: {}, config } });
      await task.wait();
      await host.idle();
      const desk = await vc.find.virtualMachine(name);
      expect(await text("/root/name", desk.guest)).toBe(`${name}\n`);
      expect(await desk.get("guest.hostName")).toBe(name);
    }
  });
});
