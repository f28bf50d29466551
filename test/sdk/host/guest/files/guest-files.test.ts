import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  changeGuestFiles,
  GuestFileError,
  type GuestFiles,
  readGuestFiles,
} from "../../../../../sdk/host/guest/files/guest-files.ts";
import { LinuxImage, linuxPages } from "../../../../../sdk/host/guest/image/linux-image.ts";
import { Vcenter } from "../../machine/vcenter.ts";
import { codeOf, GuestDisk, hasTools } from "./guest-disk.ts";
import { smallImage } from "./small-images.ts";

const GiB = 2 ** 30;
let vc: Vcenter;
beforeEach(() => {
  vc = new Vcenter();
});
afterEach(() => vc.close());

const read = <T>(name: string, work: (files: GuestFiles) => T): T => readGuestFiles(vc.view, vc.machine(name), work);
const change = <T>(name: string, work: (files: GuestFiles) => T): T =>
  vc.host.universe.transact((tx) => changeGuestFiles(tx, vc.machine(name).id, work));
const text = (name: string, path: string): string =>
  read(name, (files) => Buffer.from(files.readFile(path)).toString());
const write = (name: string, path: string, content: string): void =>
  change(name, (files) => files.writeFile(path, Buffer.from(content)));

describe("the machines of the lab", () => {
  it("have a Linux on their disks, and each is in its own files who it is in the inventory", () => {
    const ids = new Set<string>();
    for (const name of ["golden", "web-01", "web-02", "db-01", "build-01"]) {
      expect(text(name, "/etc/hostname")).toBe(`${vc.machine(name).guest.hostName}\n`);
      ids.add(text(name, "/etc/machine-id"));
    }
    expect(ids.size).toBe(5);
    expect(text("web-01", "/etc/hosts")).toContain("192.168.10.11\tweb-01.lab.local web-01");
    expect(text("web-01", "/etc/systemd/network/10-first.network")).toContain("Address=192.168.10.11/24");
    expect(text("golden", "/etc/systemd/network/10-first.network")).toContain("DHCP=yes");
    expect(text("ubuntu-template", "/etc/hostname")).toBe("localhost\n");
    expect(read("golden", (files) => files.readDirectory("/"))).toEqual(
      expect.arrayContaining(["bin", "boot", "dev", "etc", "home", "opt", "root", "tmp", "usr", "var"]),
    );
    expect(read("golden", (files) => files.stat("/tmp"))).toMatchObject({ type: "directory", mode: 0o1777 });
    expect(read("golden", (files) => files.stat("/bin/ls"))).toMatchObject({ type: "file", mode: 0o755 });
  });

  it("share nothing of it before they are forked, and everything after", () => {
    expect(vc.figures("web-01", 0)).toMatchObject({ mapped: linuxPages, private: linuxPages });
    vc.instantClone("golden", "copy");
    expect(vc.figures("copy", 0)).toMatchObject({ mapped: linuxPages, private: 0, shared: linuxPages });
    expect(text("copy", "/etc/machine-id")).toBe(text("golden", "/etc/machine-id"));
  });

  it("of counts have it as well", () => {
    vc.close();
    vc = new Vcenter({ inventory: { machines: 1 } });
    expect(text("DC0_H0_VM0", "/etc/hostname")).toBe("localhost\n");
  });
});

describe("a file that is written in a fork", () => {
  it("is there, takes a few pages of the fork's own, and is nowhere else", () => {
    vc.instantClone("golden", "one");
    vc.instantClone("golden", "other");
    const before = vc.free("vmfs-01");
    write("one", "/root/note", "mine");
    expect(text("one", "/root/note")).toBe("mine");
    for (const name of ["golden", "other"]) expect(read(name, (files) => files.exists("/root/note"))).toBe(false);
    const own = vc.figures("one", 0).private;
    expect(own).toBeLessThanOrEqual(8);
    expect(vc.free("vmfs-01")).toBe(before - own * 4096);
    expect(vc.figures("other", 0).private).toBe(0);
  });

  it("has the time of the host's clock", () => {
    const { now } = vc.host.universe;
    const { modified } = change("golden", (files) => {
      files.writeFile("/root/note", Buffer.from("x"));
      return files.stat("/root/note");
    });
    expect(modified).toBe(Math.floor(now / 1000) * 1000);
  });

  it("goes to a new file on the datastore where others are based on the disk", () => {
    vc.vm("web-01", "CreateSnapshot_Task", { name: "s", memory: false, quiesce: false });
    const { path } = vc.machine("web-01").disks[0]?.layer ?? {};
    write("web-01", "/root/note", "after");
    vc.instantClone("golden", "one");
    expect(vc.machine("golden").disks[0]?.layer.path).toBe("golden/golden.vmdk");
    write("golden", "/root/note", "golden goes on");
    expect(vc.machine("golden").disks[0]?.layer.path).toBe("golden/golden-000001.vmdk");
    expect(read("one", (files) => files.exists("/root/note"))).toBe(false);
    vc.vm("web-01", "RevertToCurrentSnapshot_Task", {});
    expect(read("web-01", (files) => files.exists("/root/note"))).toBe(false);
    expect(path).toBeDefined();
  });
});

describe("a transaction that changes files", () => {
  it("sees what it has written, and leaves no byte and no page when it fails afterwards", () => {
    vc.instantClone("golden", "one");
    const { id, disks } = vc.machine("one");
    const before = vc.host.readBytes(vc.ref("VirtualMachine", "one"), 0, 0, 2 ** 24);
    const unique = vc.pages.unique;
    const failing = () =>
      vc.host.universe.transact((tx) => {
        changeGuestFiles(tx, id, (files) => files.writeFile("/root/a", Buffer.from("a")));
        changeGuestFiles(tx, id, (files) => files.writeFile("/root/b", files.readFile("/root/a")));
        const machine = tx.object(id);
        if (machine?.kind !== "VirtualMachine") throw new Error("gone");
        expect(readGuestFiles(tx, machine, (files) => files.readDirectory("/root"))).toContain("b");
        throw new Error("too late");
      });
    expect(failing).toThrow("too late");
    expect(vc.pages.unique).toBe(unique);
    expect(vc.figures("one", 0).private).toBe(0);
    expect(vc.machine("one").disks).toBe(disks);
    expect(Buffer.compare(vc.host.readBytes(vc.ref("VirtualMachine", "one"), 0, 0, 2 ** 24), before)).toBe(0);
    expect(read("one", (files) => files.exists("/root/a"))).toBe(false);
  });

  it("does not keep what work has done that threw", () => {
    expect(() =>
      change("golden", (files) => {
        files.writeFile("/root/a", Buffer.from("a"));
        throw new Error("never mind");
      }),
    ).toThrow("never mind");
    expect(read("golden", (files) => files.exists("/root/a"))).toBe(false);
  });

  it("gives a fork that it makes what it has written before", () => {
    vc.host.universe.transact((tx) => {
      const { id, disks } = vc.machine("golden");
      changeGuestFiles(tx, id, (files) => files.writeFile("/root/a", Buffer.from("a")));
      const space = tx.forkSpace(disks[0]?.space ?? 0, id, 0);
      const machine = { ...vc.machine("golden"), disks: [{ ...disks[0], key: 2000, space }] };
      expect(readGuestFiles(tx, Object(machine), (files) => files.exists("/root/a"))).toBe(true);
      tx.dropSpace(space);
    });
  });

  it("is refused with NoDiskSpace where the datastore has no room, all that it would write counted", () => {
    const { id } = vc.find("Datastore", "vmfs-01");
    vc.instantClone("golden", "one");
    vc.instantClone("golden", "two");
    const leave = (bytes: number) =>
      vc.host.universe.transact((tx) =>
        tx.change("Datastore", id, ({ fileBytes }) => ({ fileBytes: fileBytes + vc.free("vmfs-01") - bytes })),
      );
    const both = () =>
      vc.host.universe.transact((tx) => {
        for (const name of ["one", "two"])
          changeGuestFiles(tx, vc.machine(name).id, (files) => files.writeFile("/root/a", Buffer.alloc(8000, 1)));
      });
    leave(15 * 4096);
    const before = vc.host.universe.state;
    expect(both).toThrow(expect.objectContaining({ fault: expect.objectContaining({ _typeName: "NoDiskSpace" }) }));
    expect(vc.host.universe.state).toBe(before);
    expect(vc.figures("one", 0).private).toBe(0);
    leave(20 * 4096);
    both();
    expect(text("two", "/root/a").length).toBe(8000);
  });

  it("leaves what was written to the disk directly, and the other way round", () => {
    const ref = vc.ref("VirtualMachine", "golden");
    write("golden", "/root/a", "a");
    vc.host.writeBytes(ref, 0, 20 * GiB, Buffer.from("beyond the filesystem"));
    write("golden", "/root/b", "b");
    expect(vc.text("golden", 0, 20 * GiB, 21)).toBe("beyond the filesystem");
    expect(text("golden", "/root/a")).toBe("a");
  });
});

describe("files of a guest cannot be reached", () => {
  const empty = (disks: object[]) => {
    vc.close();
    const machines = [{ name: "m", disks }];
    const datacenters = [
      { name: "DC", clusters: [{ name: "C", hosts: [{ name: "h" }] }], datastores: [{ name: "d" }] },
    ];
    vc = new Vcenter({ inventory: Object({ datacenters: datacenters.map((each) => ({ ...each, machines })) }) });
  };

  it("on a disk with no filesystem, or without a disk", () => {
    empty([{ sizeGiB: 8, usedGiB: 0 }]);
    expect(codeOf(() => read("m", (files) => files.exists("/")))).toBe("EMEDIUMTYPE");
    empty([{ sizeGiB: 1 }]);
    expect(codeOf(() => read("m", (files) => files.exists("/")))).toBe("EMEDIUMTYPE");
    empty([{ sizeGiB: 8, usedGiB: 1 }]);
    expect(codeOf(() => write("m", "/a", "a"))).toBe("EMEDIUMTYPE");
    empty([]);
    expect(codeOf(() => read("m", (files) => files.exists("/")))).toBe("ENXIO");
  });

  it("for writing where they are only read, nor after the work that they were given to", () => {
    expect(codeOf(() => read("golden", (files) => files.writeFile("/a", Buffer.alloc(1))))).toBe("EROFS");
    const kept = read("golden", (files) => files);
    expect(() => kept.readFile("/etc/hostname")).toThrow("synchronous work");
  });

  it("by paths that make no sense: each has its error, and changes nothing", () => {
    change("golden", (files) => {
      files.makeDirectory("/d/e", { recursive: true });
      files.writeFile("/f", Buffer.from("f"));
      files.symlink("round", "/round");
      files.symlink("/nowhere", "/dangling");
      const cases: readonly [string, () => unknown][] = [
        ["EINVAL", () => files.stat("etc")],
        ["EINVAL", () => files.stat("")],
        ["EINVAL", () => files.stat("/a\0b")],
        ["EINVAL", () => files.stat("/\ud800")],
        ["ENAMETOOLONG", () => files.stat(`/${"a".repeat(256)}`)],
        ["ENAMETOOLONG", () => files.writeFile(`/${"é".repeat(128)}`, Buffer.alloc(0))],
        ["ENAMETOOLONG", () => files.stat("/a".repeat(2048))],
        ["ENAMETOOLONG", () => files.symlink("x".repeat(4096), "/s")],
        ["ENOENT", () => files.readFile("/none")],
        ["ENOENT", () => files.readFile("/dangling")],
        ["ENOENT", () => files.writeFile("/none/f", Buffer.alloc(0))],
        ["ENOENT", () => files.symlink("", "/s")],
        ["ENOTDIR", () => files.readFile("/f/x")],
        ["ENOTDIR", () => files.readFile("/f/")],
        ["ENOTDIR", () => files.readDirectory("/f")],
        ["EISDIR", () => files.readFile("/d")],
        ["EISDIR", () => files.writeFile("/d", Buffer.alloc(0))],
        ["EISDIR", () => files.writeFile("/new/", Buffer.alloc(0))],
        ["EISDIR", () => files.rename("/f", "/d")],
        ["ELOOP", () => files.readFile("/round")],
        ["ENOTEMPTY", () => files.remove("/d")],
        ["ENOTEMPTY", () => files.rename("/d/e", "/d")],
        ["EINVAL", () => files.rename("/d", "/d/e/d")],
        ["EBUSY", () => files.remove("/", { recursive: true })],
        ["EBUSY", () => files.rename("/d", "/")],
        ["EPERM", () => files.link("/d", "/l")],
        ["EEXIST", () => files.writeFile("/f", Buffer.alloc(0), { exclusive: true })],
        ["EEXIST", () => files.symlink("x", "/dangling")],
        ["EEXIST", () => files.makeDirectory("/d")],
        ["EINVAL", () => files.readLink("/f")],
        ["EINVAL", () => files.setMode("/f", 0o10000)],
        ["EINVAL", () => files.setOwner("/f", -1, 0)],
        ["EINVAL", () => files.setTimes("/f", Number.NaN, 0)],
        ["EINVAL", () => files.truncate("/f", 1.5)],
        ["EFBIG", () => files.truncate("/f", 2 ** 50)],
        ["EINVAL", () => files.read("/f", -1, 1)],
      ];
      for (const [code, work] of cases) expect([codeOf(work), work.toString()]).toEqual([code, work.toString()]);
      expect(Buffer.from(files.readFile("/f")).toString()).toBe("f");
    });
    expect(new GuestFileError("ENOENT", "/x", "text")).toMatchObject({ name: "GuestFileError", path: "/x" });
  });
});

describe("the filesystem of a guest", () => {
  const image = () => new GuestDisk(smallImage("plain"));

  it("keeps what can be said of a file: owners and times of any size, modes, links, holes", () => {
    const disk = image();
    disk.change((files) => {
      files.writeFile("/f", Buffer.from("tail"), { mode: 0o6755, uid: 70_000, gid: 5 });
      files.link("/f", "/g");
      files.setTimes("/g", Date.UTC(1969, 6, 20), Date.UTC(2200, 0, 1));
      files.writeFile("/big", Buffer.from("head"));
      files.truncate("/big", 5 * GiB);
      files.writeFile("/big", Buffer.from("tail"), { append: true });
    });
    expect(disk.read((files) => files.stat("/f"))).toMatchObject({
      ...{ type: "file", size: 4, mode: 0o6755, uid: 70_000, gid: 5, links: 2 },
      ...{ accessed: Date.UTC(1969, 6, 20), modified: Date.UTC(2200, 0, 1), changed: disk.now },
    });
    disk.read((files) => {
      expect(files.stat("/big").size).toBe(5 * GiB + 4);
      expect(Buffer.from(files.read("/big", 5 * GiB - 2, 100)).toString("latin1")).toBe("\0\0tail");
      expect(codeOf(() => files.readFile("/big"))).toBe("EFBIG");
    });
    disk.change((files) => files.truncate("/big", 2));
    expect(disk.read((files) => Buffer.from(files.readFile("/big")).toString())).toBe("he");
  });

  it("that is full says so, keeps what there was, and takes more when there is room again", () => {
    const disk = image();
    disk.change((files) => {
      files.writeFile("/kept", Buffer.alloc(100_000, 7));
      expect(codeOf(() => files.writeFile("/large", Buffer.alloc(2_000_000, 1)))).toBe("ENOSPC");
      expect(codeOf(() => files.writeFile("/kept", Buffer.alloc(2_000_000, 1), { append: true }))).toBe("ENOSPC");
      expect(files.readDirectory("/")).toEqual(["kept", "lost+found"]);
      expect(Buffer.compare(files.readFile("/kept"), Buffer.alloc(100_000, 7))).toBe(0);
      let made = 0;
      const more = () => {
        for (; made < 100; made++) files.makeDirectory(`/d${made}`);
      };
      expect(codeOf(more)).toBe("ENOSPC");
      expect(files.readDirectory("/").length).toBe(2 + made);
      files.remove("/d0");
      files.makeDirectory("/again");
    });
    if (hasTools) expect(disk.check()).toBe("");
  });

  it("may have other blocks, a journal and checksums or none", () => {
    for (const name of ["usual", "bare"] as const) {
      const disk = new GuestDisk(smallImage(name));
      disk.change((files) => {
        for (let i = 0; i < 40; i++) files.makeDirectory(`/many/${"x".repeat(100)}-${i}`, { recursive: true });
        files.writeFile("/f", Buffer.alloc(50_000, 3), { uid: 70_000 });
        files.remove("/many", { recursive: true });
      });
      expect(disk.read((files) => files.stat("/f"))).toMatchObject({ size: 50_000, uid: 70_000 });
      if (hasTools) expect(disk.check()).toBe("");
    }
  });

  it.skipIf(!hasTools)("is read by e2fsprogs as it was written here (skipped without e2fsprogs)", () => {
    const identity = { hostName: "h".repeat(200), ipAddress: "10.0.0.1", machineId: "1".repeat(32) };
    const linux = new LinuxImage(identity);
    const disk = new GuestDisk(new Uint8Array(0));
    Object.assign(disk, { size: 4 * GiB });
    for (let page = linux.next(0, true); page < Number.POSITIVE_INFINITY; page = linux.next(page + 1, true))
      disk.pages.set(page, Buffer.from(linux.page(page)));
    expect(disk.check()).toBe("");
    disk.change((files) => files.writeFile("/etc/hostname", Buffer.from("renamed\n")));
    expect(disk.check()).toBe("");
    expect(disk.debugfs("cat /etc/hostname").toString()).toBe("renamed\n");
    expect(disk.debugfs("cat /etc/hosts").toString()).toContain(`10.0.0.1\t${identity.hostName}`);
  });
});
