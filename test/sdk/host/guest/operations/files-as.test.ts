import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GuestFileError } from "../../../../../sdk/host/guest/files/guest-files.ts";
import type { Account } from "../../../../../sdk/host/guest/operations/account.ts";
import { filesAs } from "../../../../../sdk/host/guest/operations/files-as.ts";
import { MemoryFiles } from "./memory-files.ts";

const someone = (name: string, uid: number, ...more: readonly number[]): Account => ({
  name,
  uid,
  gid: uid,
  groups: [uid, ...more],
  home: `/home/${name}`,
  shell: "/bin/sh",
});
const [root, ann, bob] = [someone("root", 0), someone("ann", 1000, 50), someone("bob", 1001)];
const text = (value: string) => new TextEncoder().encode(value);

/** /tmp for all, /home/ann for ann alone, /srv for group 50. */
function house() {
  const files = new MemoryFiles({
    "/etc/shadow": "secret",
    "/etc/motd": "hello",
    "/home/ann/own": "mine",
    "/srv/x": "",
  });
  files.makeDirectory("/tmp");
  files.setMode("/tmp", 0o1777);
  files.setMode("/etc/shadow", 0o600);
  for (const path of ["/home/ann", "/home/ann/own"]) files.setOwner(path, 1000, 1000);
  files.setMode("/home/ann", 0o700);
  files.setOwner("/srv", 0, 50);
  files.setMode("/srv", 0o2775);
  return { files, ann: filesAs(files, ann), bob: filesAs(files, bob), root: filesAs(files, root) };
}

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof GuestFileError) return error.code;
    throw error;
  }
  return "done";
}

describe("a guest's files as one of its accounts has them", () => {
  test("what only root may read nobody else reads, and root's files nobody else writes", () => {
    const { ann } = house();
    expect(codeOf(() => ann.readFile("/etc/shadow"))).toBe("EACCES");
    expect(codeOf(() => ann.writeFile("/etc/motd", text("bye")))).toBe("EACCES");
    expect(codeOf(() => ann.writeFile("/etc/new", text("")))).toBe("EACCES");
    expect(codeOf(() => ann.remove("/etc/motd"))).toBe("EACCES");
    expect(codeOf(() => ann.rename("/etc/motd", "/tmp/motd"))).toBe("EACCES");
    expect(codeOf(() => ann.truncate("/etc/motd", 0))).toBe("EACCES");
    expect(ann.readFile("/etc/motd")).toEqual(text("hello"));
  });

  test("what an account makes is its own", () => {
    const { ann, files } = house();
    ann.writeFile("/tmp/a", text("1"), { mode: 0o640 });
    ann.makeDirectory("/tmp/d/e/f", { recursive: true });
    expect(files.stat("/tmp/a")).toMatchObject({ uid: 1000, gid: 1000, mode: 0o640 });
    for (const path of ["/tmp/d", "/tmp/d/e", "/tmp/d/e/f"]) expect(files.stat(path)).toMatchObject({ uid: 1000 });
  });

  test("nobody looks into a directory that he may not search, nor through a link into it", () => {
    const { bob, files } = house();
    files.symlink("/home/ann/own", "/tmp/link");
    expect(codeOf(() => bob.stat("/home/ann/own"))).toBe("EACCES");
    expect(codeOf(() => bob.readFile("/tmp/link"))).toBe("EACCES");
    expect(codeOf(() => bob.readDirectory("/home/ann"))).toBe("EACCES");
    expect(bob.exists("/home/ann/own")).toBe(false);
    expect(bob.linkStat("/tmp/link").type).toBe("symlink");
  });

  test("a group may do what its bits say, though others may not", () => {
    const { ann, bob } = house();
    expect(codeOf(() => bob.writeFile("/srv/b", text("")))).toBe("EACCES");
    expect(codeOf(() => ann.writeFile("/srv/a", text("")))).toBe("done");
  });

  test("in /tmp each takes away only what is his", () => {
    const { ann, bob, files } = house();
    ann.writeFile("/tmp/a", text("1"), { mode: 0o666 });
    expect(codeOf(() => bob.remove("/tmp/a"))).toBe("EPERM");
    expect(codeOf(() => bob.rename("/tmp/a", "/tmp/b"))).toBe("EPERM");
    bob.writeFile("/tmp/b", text("2"));
    expect(codeOf(() => bob.rename("/tmp/b", "/tmp/a"))).toBe("EPERM");
    bob.writeFile("/tmp/a", text("changed"));
    expect(files.readFile("/tmp/a")).toEqual(text("changed"));
    expect(codeOf(() => ann.remove("/tmp/a"))).toBe("done");
  });

  test("mode and times are the owner's to change, the owner is root's", () => {
    const { ann, bob, root: all } = house();
    expect(codeOf(() => bob.setMode("/tmp", 0o777))).toBe("EPERM");
    expect(codeOf(() => ann.setTimes("/etc/motd", 1, 1))).toBe("EPERM");
    expect(codeOf(() => ann.setOwner("/home/ann/own", 1001, 1000))).toBe("EPERM");
    expect(codeOf(() => ann.setOwner("/home/ann/own", 1000, 50))).toBe("done");
    expect(codeOf(() => ann.setOwner("/home/ann/own", 1000, 7))).toBe("EPERM");
    expect(codeOf(() => all.setOwner("/home/ann/own", 1001, 1001))).toBe("done");
  });

  test("a tree goes only whole: what somebody else keeps in it saves it", () => {
    const { ann, bob, files } = house();
    ann.makeDirectory("/tmp/d");
    files.setMode("/tmp/d", 0o777);
    bob.makeDirectory("/tmp/d/bobs");
    bob.writeFile("/tmp/d/bobs/keep", text(""));
    const before = files.dump();
    expect(codeOf(() => ann.remove("/tmp/d", { recursive: true }))).toBe("EACCES");
    expect(files.dump()).toEqual(before);
    bob.remove("/tmp/d/bobs", { recursive: true });
    expect(codeOf(() => ann.remove("/tmp/d", { recursive: true }))).toBe("done");
  });

  test("links that lead in circles end", () => {
    const { ann, files } = house();
    files.symlink("/tmp/b", "/tmp/a");
    files.symlink("a", "/tmp/b");
    expect(codeOf(() => ann.readFile("/tmp/a"))).toBe("ELOOP");
  });

  test("root goes the same ways as the files themselves", () => {
    const names = fc.constantFrom("a", "b", "c", "..");
    const path = fc.array(names, { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join("/")}`);
    const step = fc.record({ kind: fc.constantFrom("write", "dir", "link", "remove", "rename"), path, other: path });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const [plain, under] = [new MemoryFiles(), new MemoryFiles()];
        // An account that may do everything but does not go the short way round.
        const walked = filesAs(under, { ...root, gid: 7, groups: [7] });
        for (const files of [plain, walked]) {
          for (const { kind, path: at, other } of steps) {
            if (kind === "write") codeOf(() => files.writeFile(at, text(at)));
            else if (kind === "dir") codeOf(() => files.makeDirectory(at));
            else if (kind === "link") codeOf(() => files.symlink(other, at));
            else if (kind === "remove") at.endsWith("..") || codeOf(() => files.remove(at));
            else codeOf(() => files.rename(at, other));
          }
        }
        const paths = (files: MemoryFiles) => files.dump().map((line) => line.replace(/ 0:\d/, " 0:0"));
        expect(paths(under)).toEqual(paths(plain));
      }),
      { numRuns: 300 },
    );
  });
});
