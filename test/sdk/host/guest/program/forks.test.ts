import { afterEach, describe, expect, it } from "vitest";
import { nextTurn } from "../../../../../sdk/host/clock.ts";
import { terminateProgram } from "../../../../../sdk/host/guest/program/programs.ts";
import type { HostOptions } from "../../../../../sdk/host/index.ts";
import { dump } from "../../dump.ts";
import { Guests } from "./guests.ts";

const open: Guests[] = [];
function start(options: HostOptions = {}): Guests {
  const guests = Guests.start(options);
  open.push(guests);
  return guests;
}
afterEach(() => {
  for (const { caller } of open.splice(0)) caller.close();
});

const freeze = `
count=0
name=$(hostname)
echo "before on $name" > /root/log
vmware-rpctool "instantclone.freeze"
count=$((count + 1))
me=$(vmware-rpctool "info-get guestinfo.ic.hostname")
echo "$count after on $name as $me" >> /root/log
hostnamectl set-hostname "$me"
vmware-rpctool "info-set guestinfo.ic.result $RANDOM"
exit 4
`;

describe("a guest that froze in a program", () => {
  it("shows what it is: frozen, its tools not running, the program not over", async () => {
    const guests = start();
    const pid = await guests.run("web-01", freeze);
    expect(guests.machine("web-01")).toMatchObject({ power: "poweredOn", frozen: true });
    expect(guests.exitCode("web-01", pid)).toBeUndefined();
    expect(guests.read("web-01", "/root/log")).toBe("before on web-01.lab.local\n");
  });

  it("goes on in each of its forks, with what each is told, and nowhere else", async () => {
    const guests = start();
    const pid = await guests.run("web-01", freeze);
    for (const name of ["a", "b"]) guests.fork1("web-01", name, { hostname: `desk-${name}` });
    await guests.idle;
    for (const name of ["a", "b"]) {
      expect(guests.machine(name)).toMatchObject({ frozen: false, guest: { hostName: `desk-${name}` } });
      expect(guests.read(name, "/root/log")).toBe(
        `before on web-01.lab.local\n1 after on web-01.lab.local as desk-${name}\n`,
      );
      expect(guests.exitCode(name, pid)).toBe(4);
    }
    expect(guests.info("a", "ic.result")).not.toBe(guests.info("b", "ic.result"));
    expect(guests.read("web-01", "/root/log")).toBe("before on web-01.lab.local\n");
    expect(guests.machine("web-01")).toMatchObject({ frozen: true, guest: { hostName: "web-01.lab.local" } });
  });

  it("can freeze again in a fork, for the forks of that", async () => {
    const guests = start();
    await guests.run(
      "web-01",
      `vmtoolsd --cmd "instantclone.freeze"; x=1; vmtoolsd --cmd "instantclone.freeze"; echo $x$HOSTNAME > /root/log`,
    );
    guests.fork1("web-01", "a");
    await guests.idle;
    expect(guests.machine("a").frozen).toBe(true);
    guests.fork1("a", "b");
    await guests.idle;
    expect(guests.machine("b").frozen).toBe(false);
    expect(guests.read("b", "/root/log")).toMatch(/^1/);
  });

  it("forgets the program when it is switched off", async () => {
    const guests = start();
    await guests.run("web-01", freeze);
    guests.caller.task(guests.ref("web-01"), "PowerOffVM_Task");
    guests.caller.task(guests.ref("web-01"), "PowerOnVM_Task");
    await guests.idle;
    expect(guests.machine("web-01")).toMatchObject({ frozen: false, guest: { hostName: "web-01.lab.local" } });
    expect(guests.machine("web-01").guest.programs).toBeUndefined();
    expect(guests.read("web-01", "/root/log")).toBe("before on web-01.lab.local\n");
  });
});

describe("a fork of photon-golden", () => {
  const identity = {
    hostname: "desk-7",
    ipaddress: "10.0.1.7",
    netmask: "255.255.255.0",
    gateway: "10.0.1.1",
    dns: "10.0.0.53",
  };

  it("takes its own name, address and MAC, and is found by them", async () => {
    const guests = start();
    guests.fork1("photon-golden", "desk", identity);
    const before = guests.machine("desk").guest;
    expect(before.hostName).toBe("photon-golden");
    await guests.idle;
    const { guest, id } = guests.machine("desk");
    expect(guest).toMatchObject({ hostName: "desk-7", ipAddress: "10.0.1.7" });
    expect(guest.net).toMatchObject({
      interfaces: [{ name: "eth0", up: true, addresses: ["10.0.1.7/24"] }],
      routes: [{ to: "default", via: "10.0.1.1", dev: "eth0" }],
      servers: ["10.0.0.53"],
    });
    const index = { type: "SearchIndex", value: "SearchIndex" };
    const found = { type: "VirtualMachine", value: `vm-${id}` };
    expect(guests.caller.call(index, "FindByIp", { ip: "10.0.1.7", vmSearch: true })).toEqual(found);
    expect(guests.caller.call(index, "FindByDnsName", { dnsName: "desk-7", vmSearch: true })).toEqual(found);
    expect(guests.read("desk", "/etc/hostname")).toBe("desk-7\n");
    expect(guests.read("desk", "/etc/systemd/network/05-fork.network")).toContain(
      `MACAddress=${guest.net?.interfaces[0]?.mac}`,
    );
    expect(guests.machine("photon-golden").guest.hostName).toBe("photon-golden");
  });

  it("asks the network for an address where it is told none", async () => {
    const guests = start();
    for (const name of ["a", "b"]) guests.fork1("photon-golden", name, { hostname: name });
    await guests.idle;
    const [a, b] = ["a", "b"].map((name) => guests.machine(name).guest.ipAddress);
    expect(a).toMatch(/^10\./);
    expect(b).toMatch(/^10\./);
    expect(a).not.toBe(b);
  });

  it("goes on in a twin of the host, and in a host that was put back, by itself", async () => {
    const guests = start();
    guests.fork1("photon-golden", "desk", identity);
    const mark = guests.caller.host.snapshot();
    const twin = guests.fork();
    open.push(twin);
    await guests.idle;
    await twin.idle;
    expect(twin.machine("desk").guest.hostName).toBe("desk-7");
    guests.caller.host.restore(mark);
    expect(guests.machine("desk").guest.hostName).toBe("photon-golden");
    await guests.idle;
    expect(guests.machine("desk").guest.hostName).toBe("desk-7");
  });

  it("may be switched off or destroyed before it knows who it is", async () => {
    const guests = start();
    const { host } = guests.caller;
    const pages = host.universe.pages.unique;
    for (const name of ["a", "b"]) guests.fork1("photon-golden", name, identity);
    guests.caller.task(guests.ref("a"), "PowerOffVM_Task");
    await Promise.resolve();
    guests.caller.task(guests.ref("a"), "Destroy_Task");
    guests.caller.task(guests.ref("b"), "PowerOffVM_Task");
    await guests.idle;
    expect(guests.machine("b").guest.hostName).toBe("photon-golden");
    guests.caller.task(guests.ref("b"), "Destroy_Task");
    expect(host.universe.pages.unique).toBe(pages);
    expect(host.universe.state.programs.size).toBe(0);
  });

  it("is the same to the byte for the same seed and calls", async () => {
    const dumps = await Promise.all(
      [1, 2].map(async () => {
        const guests = start();
        for (const name of ["a", "b"]) guests.fork1("photon-golden", name, { ...identity, hostname: name });
        await guests.idle;
        await guests.run("a", "echo $RANDOM $SRANDOM $(date) > /root/x; head -c 8 /dev/urandom | base64 >> /root/x");
        return [dump(guests.caller.host), guests.read("a", "/root/x")];
      }),
    );
    expect(dumps[0]).toEqual(dumps[1]);
  });
});

describe("a program in a guest", () => {
  it("that never ends lets everybody else go on, until somebody ends it", async () => {
    const guests = start();
    const pid = guests.bash("web-01", "-c 'while true; do :; done'");
    const other = guests.bash("web-02", "-c 'exit 3'");
    while (guests.exitCode("web-02", other) === undefined) await nextTurn();
    expect(guests.exitCode("web-02", other)).toBe(3);
    guests.caller.host.universe.transact((tx) => terminateProgram(tx, guests.machine("web-01").id, pid));
    await guests.idle;
    expect(guests.exitCode("web-01", pid)).toBe(143);
  });

  it("sleeps on the host's clock", async () => {
    const guests = start({ clock: "manual" });
    const pid = await guests.run("web-01", "for i in 1 2 3; do sleep 10; echo $i >> /root/log; done");
    expect(guests.read("web-01", "/root/log")).toBe("");
    guests.caller.host.clock.advance("10s");
    await guests.idle;
    expect(guests.read("web-01", "/root/log")).toBe("1\n");
    guests.caller.host.clock.advance("1m");
    await guests.idle;
    expect(guests.read("web-01", "/root/log")).toBe("1\n2\n3\n");
    expect(guests.exitCode("web-01", pid)).toBe(0);
  });

  it("does not sleep on the instant clock; one that sleeps again and again is left asleep until its machine changes", async () => {
    const guests = start();
    const pid = await guests.run(
      "web-01",
      'until vmware-rpctool "info-get guestinfo.go"; do sleep 1; done; echo went > /root/log',
    );
    expect(guests.exitCode("web-01", pid)).toBeUndefined();
    const extraConfig = [{ key: "guestinfo.go", value: "yes" }];
    guests.caller.task(guests.ref("web-01"), "ReconfigVM_Task", { spec: { extraConfig } });
    await guests.idle;
    expect(guests.exitCode("web-01", pid)).toBe(0);
    expect(guests.read("web-01", "/root/log")).toBe("went\n");
  });

  it("is over when the guest is shut down from within", async () => {
    const guests = start();
    await guests.run("web-01", "echo a > /root/log; poweroff; echo b >> /root/log");
    expect(guests.machine("web-01").power).toBe("poweredOff");
    expect(guests.read("web-01", "/root/log")).toBe("a\n");
  });

  it("that its shell cannot read ends with status 2", async () => {
    const guests = start();
    expect(guests.exitCode("web-01", await guests.run("web-01", "if true; then"))).toBe(2);
    expect(guests.exitCode("web-01", guests.bash("web-01", "/root/nonesuch"))).toBeUndefined();
    await guests.idle;
  });

  it("cannot run where there is no filesystem, and the host goes on", async () => {
    const { host } = guestsOf();
    const pid = host.bash("blank", "-c true");
    await host.idle;
    expect(host.exitCode("blank", pid)).toBe(126);
  });
});

/** A vCenter with one machine whose disk holds no filesystem. */
function guestsOf() {
  const machines = [{ name: "blank", disks: [{ sizeGiB: 1, usedGiB: 1 }], power: "poweredOn" as const }];
  const datacenter = {
    name: "DC0",
    hosts: [{ name: "esx" }],
    datastores: [{ name: "store", capacityGiB: 100 }],
    networks: ["net"],
    machines,
  };
  return { host: start({ inventory: { datacenters: [datacenter] } }) };
}
