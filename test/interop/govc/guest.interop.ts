import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { withPeer } from "../peers.ts";
import { type Lab, linesOf, startLab } from "./lab.ts";

const name = "DC0_H0_VM0";

withPeer("govc", "govc in a guest", () => {
  let lab: Lab;
  beforeAll(async () => {
    // Time passes as it does, so that a program that sleeps is there to be ended.
    lab = await startLab({ inventory: {}, clock: "real" });
  });
  afterAll(() => lab[Symbol.asyncDispose]());
  const guest = (command: string, ...args: string[]) => lab.govc(`guest.${command}`, "-vm", name, ...args);
  const lines = async (command: string, ...args: string[]) => linesOf(await guest(command, ...args));
  const machine = () => lab.vc.find.virtualMachine(name);

  it("guest.ps: the processes of the user, or of all", async () => {
    const processes = (await lines("ps", "-e")).slice(1).map((line) => line.split(/ +/));
    const known = await (await machine()).guest.processes();
    expect(processes.map(([user, pid]) => [user, Number(pid)])).toEqual(known.map(({ owner, pid }) => [owner, pid]));
    expect(await guest("ps", "-p", "1")).toContain("/sbin/init");
  });

  it("guest.upload and guest.download: bytes as they are, to and from files and pipes", async () => {
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, i) => (i * 7) & 255));
    writeFileSync(join(lab.directory, "up.bin"), bytes);
    await guest("upload", "-f", "-perm", "0640", "up.bin", "/tmp/up.bin");
    expect(Buffer.from(await (await machine()).guest.readFile("/tmp/up.bin")).equals(bytes)).toBe(true);
    await guest("download", "/tmp/up.bin", "down.bin");
    expect(readFileSync(join(lab.directory, "down.bin")).equals(bytes)).toBe(true);
    const piped = await lab.run(["guest.upload", "-vm", name, "-", "/tmp/piped"], { input: "from a pipe\n" });
    expect(piped.code, piped.stderr).toBe(0);
    expect(await guest("download", "/tmp/piped", "-")).toBe("from a pipe\n");
    expect(await lab.refused("guest.download", "-vm", name, "/tmp/none", "-")).toContain("/tmp/none");
  });

  it("guest.mkdir, guest.mktemp, guest.touch, guest.ls, guest.mv, guest.rm, guest.rmdir", async () => {
    await guest("mkdir", "-p", "/srv/a/b");
    const file = (await guest("mktemp", "-p", "/srv/a", "-t", "x", "-s", ".log")).trim();
    expect(file).toMatch(/^\/srv\/a\/x.*\.log$/);
    const directory = (await guest("mktemp", "-d", "-p", "/srv/a", "-t", "d")).trim();
    await guest("touch", "/srv/a/b/new");
    await guest("mv", file, "/srv/a/b/moved");
    expect(await guest("ls", "-s", "/srv/a/b")).toBe(".\n..\nmoved\nnew\n");
    expect(await guest("ls", "/srv/a/b")).toMatch(/^-rw-------\s+0\s+0\s+0\s.*moved$/m);
    await guest("rm", "/srv/a/b/moved");
    expect(await lab.refused("guest.rmdir", "-vm", name, "/srv/a")).toContain("/srv/a");
    await guest("rmdir", directory);
    await guest("rmdir", "-r", "/srv/a");
    const left = await (await machine()).guest.list("/srv");
    expect(left.map(({ path }) => path)).not.toContain("a");
  });

  it("guest.chmod, guest.chown, guest.touch -d: attributes", async () => {
    await guest("touch", "/tmp/attributes");
    await guest("chmod", "0750", "/tmp/attributes");
    await guest("chown", "1000:1001", "/tmp/attributes");
    await guest("touch", "-d", "Mon Jan  2 15:04:05 UTC 2006", "/tmp/attributes");
    const file = await (await machine()).guest.stat("/tmp/attributes");
    expect(file).toMatchObject({ mode: 0o750, owner: 1000, group: 1001 });
    expect(Date.parse(file.modified ?? "")).toBe(Date.parse("2006-01-02T15:04:05Z"));
  });

  it("guest.run: output, input, environment, and how it ended", async () => {
    expect(await guest("run", "-e", "WHO=govc", "-C", "/tmp", "echo $WHO in $PWD")).toBe("govc in /tmp\n");
    expect(await guest("run", "-d", "some words\n", "cat")).toBe("some words\n");
    const failed = await lab.run(["guest.run", "-vm", name, "ls", "/none"]);
    expect(failed).toMatchObject({ code: 2, stderr: expect.stringContaining("No such file") });
    expect(await lab.refused("guest.run", "-vm", name, "-l", "root:wrong", "true")).toContain(
      "wrong user name or password",
    );
  });

  it("guest.getenv, guest.start, guest.kill", async () => {
    expect(await guest("getenv", "HOME")).toBe("HOME=/root\n");
    const pid = (await guest("start", "/bin/sleep", "1000")).trim();
    expect(await guest("ps", "-p", pid)).toContain("/bin/sleep");
    await guest("kill", "-p", pid);
    const found = (await (await machine()).guest.processes()).find((process) => process.pid === Number(pid));
    expect(found?.exitCode).toBeDefined();
  });
});
