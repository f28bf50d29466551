import { describe, expect, test } from "vitest";
import { setAttributes, wantedAttributes } from "../../../../../sdk/host/guest/operations/attributes.ts";
import * as change from "../../../../../sdk/host/guest/operations/change-files.ts";
import { withFileFaults } from "../../../../../sdk/host/guest/operations/file-fault.ts";
import { listFiles } from "../../../../../sdk/host/guest/operations/list-files.ts";
import { makeTemporaryDirectory, makeTemporaryFile } from "../../../../../sdk/host/guest/operations/temporary.ts";
import { faultOf } from "../../caller.ts";
import { MemoryFiles } from "./memory-files.ts";

const guest = () => {
  const files = new MemoryFiles({ "/etc/motd": "hello", "/etc/ssh/sshd": "x", "/var/log/a": "1", "/var/log/b": "22" });
  files.symlink("/etc/motd", "/etc/issue");
  files.symlink("nowhere", "/etc/broken");
  return files;
};
const refused = (work: () => unknown) => faultOf(() => withFileFaults("web", work))._typeName;
const names = (files: MemoryFiles, more: object = {}) => {
  const { files: found = [], remaining } = listFiles(files, { filePath: "/etc", ...more });
  return [...found.map(({ path }) => path), remaining];
};

describe("listing files", () => {
  test("gives names in order, the directory and the one above first, and what each is", () => {
    const { files: found } = listFiles(guest(), { filePath: "/etc" });
    expect(found?.map(({ path, type, size }) => [path, type, size])).toEqual([
      [".", "directory", 0],
      ["..", "directory", 0],
      ["broken", "symlink", 7],
      ["issue", "symlink", 9],
      ["motd", "file", 5],
      ["ssh", "directory", 0],
    ]);
    expect(found?.[3]?.attributes).toMatchObject({ symlinkTarget: "/etc/motd", ownerId: 0, permissions: 0o777 });
  });
  test("gives one file by its whole path", () => {
    expect(listFiles(guest(), { filePath: "/etc/motd" })).toMatchObject({
      files: [{ path: "/etc/motd" }],
      remaining: 0,
    });
  });
  test("goes by pages and says how many are left", () => {
    expect(names(guest(), { index: 2, maxResults: 2 })).toEqual(["broken", "issue", 2]);
    expect(names(guest(), { index: 5, maxResults: 2 })).toEqual(["ssh", 0]);
    expect(names(guest(), { index: 99 })).toEqual([0]);
    expect(names(guest(), { maxResults: 0 })).toEqual([6]);
  });
  test("picks by regular expression, and counts only those", () => {
    expect(names(guest(), { matchPattern: "^[bm].*", maxResults: 1 })).toEqual(["broken", 1]);
    expect(faultOf(() => names(guest(), { matchPattern: "[" }))).toMatchObject({ invalidProperty: "matchPattern" });
    const files = new MemoryFiles({ [`/etc/${"a".repeat(60)}!`]: "" });
    expect(faultOf(() => names(files, { matchPattern: "^(a+)+$" }))).toMatchObject({ invalidProperty: "matchPattern" });
    expect(faultOf(() => names(guest(), { index: -1 }))).toMatchObject({ invalidProperty: "index" });
  });
  test("names what is wrong with a path", () => {
    expect(refused(() => listFiles(guest(), { filePath: "/none" }))).toBe("FileNotFound");
    expect(refused(() => listFiles(guest(), { filePath: "/etc/motd/x" }))).toBe("NotADirectory");
    for (const filePath of ["", "etc", "C:\\temp", "/a\0b", "/\ud800"])
      expect(refused(() => listFiles(guest(), { filePath }))).toBe("InvalidArgument");
    expect(refused(() => listFiles(guest(), { filePath: `/${"x".repeat(256)}` }))).toBe("FileNameTooLong");
    expect(refused(() => listFiles(guest(), { filePath: "/x".repeat(2048) }))).toBe("FileNameTooLong");
  });
});

describe("changing files", () => {
  const refusals: readonly [string, string, (files: MemoryFiles) => void][] = [
    ["a directory that is there", "FileAlreadyExists", (files) => change.makeDirectory(files, "/etc", true)],
    ["one below what is not there", "FileNotFound", (files) => change.makeDirectory(files, "/a/b", false)],
    ["one below a file", "NotADirectory", (files) => change.makeDirectory(files, "/etc/motd/x", false)],
    ["deleting no file", "FileNotFound", (files) => change.deleteFile(files, "/etc/none")],
    ["deleting a directory as a file", "NotAFile", (files) => change.deleteFile(files, "/etc")],
    ["deleting a file as a directory", "NotADirectory", (files) => change.deleteDirectory(files, "/etc/motd", true)],
    ["deleting a full directory", "DirectoryNotEmpty", (files) => change.deleteDirectory(files, "/etc", false)],
    ["deleting everything", "FileFault", (files) => change.deleteDirectory(files, "/etc/..", true)],
    ["moving a directory onto another", "FileAlreadyExists", (files) => change.moveDirectory(files, "/etc", "/var")],
    ["moving a directory into itself", "FileFault", (files) => change.moveDirectory(files, "/etc", "/etc/x")],
    ["moving a file as a directory", "NotADirectory", (files) => change.moveDirectory(files, "/etc/motd", "/x")],
    ["moving a directory as a file", "NotAFile", (files) => change.moveFile(files, "/etc", "/x", true)],
    ["moving onto a file", "FileAlreadyExists", (files) => change.moveFile(files, "/etc/motd", "/var/log/a", false)],
    ["moving onto a directory", "FileAlreadyExists", (files) => change.moveFile(files, "/etc/motd", "/var", true)],
  ];
  test.each(refusals)("%s is refused with %s and changes nothing", (_what, type, work) => {
    const files = guest();
    const before = files.dump();
    expect(refused(() => work(files))).toBe(type);
    expect(files.dump()).toEqual(before);
  });

  test("makes, moves and deletes", () => {
    const files = guest();
    change.makeDirectory(files, "/srv/www/site", true);
    change.moveFile(files, "/etc/motd", "/srv/www/site/index", false);
    change.moveFile(files, "/var/log/a", "/var/log/b", true);
    change.moveDirectory(files, "/srv/www", "/www");
    change.deleteFile(files, "/etc/broken");
    change.deleteDirectory(files, "/etc/ssh", true);
    expect(files.dump().map((line) => line.split(" ")[0])).toEqual([
      "/",
      "/etc",
      "/etc/issue",
      "/srv",
      "/var",
      "/var/log",
      "/var/log/b",
      "/www",
      "/www/site",
      "/www/site/index",
    ]);
    expect(files.readFile("/var/log/b")).toHaveLength(1);
  });
});

describe("attributes", () => {
  test("are changed where they are given, behind links, and stay where not", () => {
    const files = guest();
    const posix = {
      _typeName: "GuestPosixFileAttributes",
      permissions: 0o600,
      modificationTime: "2026-02-03T04:05:06Z",
    } as const;
    setAttributes(files, "/etc/issue", wantedAttributes("fileAttributes", posix));
    expect(files.stat("/etc/motd")).toMatchObject({ mode: 0o600, uid: 0, modified: Date.UTC(2026, 1, 3, 4, 5, 6) });
    expect(files.linkStat("/etc/issue").mode).toBe(0o777);
  });
  test("that no file can have are refused by name", () => {
    const posix = { _typeName: "GuestPosixFileAttributes" };
    const wrong: readonly [object, string][] = [
      [{ ...posix, permissions: 0o10000 }, "at.permissions"],
      [{ ...posix, ownerId: -1 }, "at.ownerId"],
      [{ modificationTime: "9999-01-01T00:00:00Z" }, "at.modificationTime"],
      [{ _typeName: "GuestWindowsFileAttributes", hidden: true }, "at"],
    ];
    for (const [attributes, invalidProperty] of wrong)
      expect(faultOf(() => wantedAttributes("at", Object(attributes)))).toMatchObject({ invalidProperty });
  });
});

describe("temporary files", () => {
  test("are new each time, where they are wanted, and for nobody else", () => {
    const files = guest();
    files.makeDirectory("/tmp");
    const made = new Set(Array.from({ length: 50 }, () => makeTemporaryFile(files, { prefix: "a", suffix: ".sh" }, 1)));
    expect(made.size).toBe(50);
    for (const path of made) expect(path).toMatch(/^\/tmp\/a[0-9a-z]{6}\.sh$/);
    expect(files.stat([...made][0] ?? "").mode).toBe(0o600);
    const directory = makeTemporaryDirectory(files, { prefix: "", suffix: "", directoryPath: "/var/log/" }, 1);
    expect(directory).toMatch(/^\/var\/log\/[0-9a-z]{6}$/);
    expect(files.stat(directory)).toMatchObject({ type: "directory", mode: 0o700 });
  });
  test("are refused where they cannot be", () => {
    const files = guest();
    const wrong = (more: object) => refused(() => makeTemporaryFile(files, { prefix: "", suffix: "", ...more }));
    expect(wrong({})).toBe("FileNotFound");
    expect(wrong({ directoryPath: "/etc/motd" })).toBe("NotADirectory");
    expect(wrong({ prefix: "../x", directoryPath: "/etc" })).toBe("InvalidArgument");
    expect(wrong({ suffix: "x".repeat(250), directoryPath: "/etc" })).toBe("FileNameTooLong");
  });
});
