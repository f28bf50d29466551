import { describe, expect, it } from "vitest";
import { mainAddress } from "../../../../../sdk/host/guest/identity/network.ts";
import { macOf } from "../../../../../sdk/host/random.ts";
import { MemoryFiles } from "../operations/memory-files.ts";
import { anyMachine, runThrough, textOf } from "./trial.ts";

/** Runs commands in a guest with some files, and tells what they print and what the guest is then. */
async function run(text: string, files: Readonly<Record<string, string>> = {}) {
  const memory = new MemoryFiles({
    "/etc/passwd": "root:x:0:0::/root:/bin/sh\nme:x:1000:1000::/home/me:/bin/sh\n",
    ...files,
  });
  const { output, exitCode, session } = await runThrough(text, memory);
  const [card] = session.network.interfaces;
  return { output, exitCode, session, files: memory, card, address: mainAddress(session.network) };
}

describe("in a guest", () => {
  it("the host name is set by hostname until the next start, by hostnamectl for good", async () => {
    const { session, files, output } = await run(
      "hostname one; hostnamectl set-hostname two.example.com; hostname; hostname -s",
    );
    expect(output).toBe("two.example.com\ntwo\n");
    expect(session.hostName).toBe("two.example.com");
    expect(textOf(files, "/etc/hostname")).toBe("two.example.com\n");
    expect(await run("hostnamectl set-hostname 'not a name'")).toMatchObject({
      exitCode: 1,
      session: { hostName: "web-01.lab.local" },
    });
  });

  it("ip shows and changes addresses, links and routes", async () => {
    const { output, card, session, address } = await run(`
      dev=$(ls /sys/class/net | grep -v lo)
      ip addr flush dev $dev; ip addr add 10.9.0.5/16 dev $dev; ip link set $dev up
      ip route add default via 10.9.0.1 dev $dev
      ip -4 -o addr show dev $dev | awk '{print $4}'
      ip route
    `);
    expect(output).toBe(
      `10.9.0.5/16\ndefault via 10.9.0.1 dev ens192\n10.9.0.0/16 dev ens192 proto kernel scope link src 10.9.0.5\n`,
    );
    expect(card).toMatchObject({ name: "ens192", addresses: ["10.9.0.5/16"] });
    expect(session.network.routes).toEqual([{ to: "default", via: "10.9.0.1", dev: "ens192" }]);
    expect(address).toBe("10.9.0.5");
    expect(await run("ip addr add nonsense dev ens192")).toMatchObject({ exitCode: 1, address: "192.168.10.11" });
    expect(await run("ip link show nonesuch")).toMatchObject({ exitCode: 1 });
  });

  it("ifconfig shows and changes an interface", async () => {
    const { card, output } = await run("ifconfig ens192 10.1.2.3 netmask 255.255.0.0 up; ifconfig ens192");
    expect(card?.addresses).toEqual(["10.1.2.3/16"]);
    expect(output).toContain("inet 10.1.2.3  netmask 255.255.0.0  broadcast 10.1.255.255");
  });

  it.each([
    [
      "systemd-networkd",
      "systemctl restart systemd-networkd",
      {
        "/etc/systemd/network/10-x.network":
          "[Match]\nName=ens*\n[Network]\nAddress=10.1.1.1/24\nGateway=10.1.1.254\nDNS=10.0.0.1 10.0.0.2\n",
      },
    ],
    [
      "ifupdown",
      "systemctl restart networking",
      {
        "/etc/network/interfaces":
          "auto ens192\niface ens192 inet static\n  address 10.1.1.1\n  netmask 255.255.255.0\n  gateway 10.1.1.254\n  dns-nameservers 10.0.0.1 10.0.0.2\n",
      },
    ],
    [
      "ifcfg files",
      "service network restart",
      {
        "/etc/sysconfig/network-scripts/ifcfg-ens192":
          'IPADDR="10.1.1.1"\nPREFIX=24\nGATEWAY=10.1.1.254\nDNS1=10.0.0.1\nDNS2=10.0.0.2\n',
      },
    ],
    [
      "netplan",
      "netplan apply",
      {
        "/etc/netplan/01.yaml":
          "network:\n  version: 2\n  ethernets:\n    ens192:\n      addresses:\n        - 10.1.1.1/24\n      routes:\n        - to: default\n          via: 10.1.1.254\n      nameservers:\n        addresses: [10.0.0.1, 10.0.0.2]\n",
      },
    ],
    [
      "NetworkManager",
      "nmcli con mod ens192 ipv4.method manual ipv4.addresses 10.1.1.1/24 ipv4.gateway 10.1.1.254 ipv4.dns '10.0.0.1 10.0.0.2'; nmcli con up ens192",
      {},
    ],
  ])("%s reads its configuration when it is told to", async (_what, text, files) => {
    const { session, card } = await run(text, files);
    expect(card).toMatchObject({ up: true, addresses: ["10.1.1.1/24"], dhcp: false });
    expect(session.network.routes).toEqual([{ to: "default", via: "10.1.1.254", dev: "ens192" }]);
    expect(session.network.servers).toEqual(["10.0.0.1", "10.0.0.2"]);
  });

  it("the driver of the network cards has to be loaded anew to see another MAC address", async () => {
    const { machine } = anyMachine();
    const forked = { id: 999, guest: { ...machine.guest, cards: machine.id } };
    const script =
      "cat /sys/class/net/*/address | grep -v 00:00:00; modprobe -r vmxnet3; ls /sys/class/net; modprobe vmxnet3; cat /sys/class/net/e*/address";
    const { output } = await runThrough(script, new MemoryFiles(), forked);
    expect(output).toBe(`${macOf(machine.id, 0)}\nlo\n${macOf(999, 0)}\n`);
  });

  it("chance is another one in every fork, and time is the host's", async () => {
    const script =
      "echo $RANDOM $SRANDOM; cat /proc/sys/kernel/random/uuid /sys/hypervisor/generation; head -c 16 /dev/urandom | base64";
    const told = async (changes = {}) => (await runThrough(script, new MemoryFiles(), changes)).output.split("\n");
    const [a, again, b] = [await told(), await told(), await told({ id: 999 })];
    expect(a).toEqual(again);
    for (const [i, line] of a.entries()) if (line !== "") expect(b[i]).not.toBe(line);
    const { output } = await runThrough("date -u +%FT%H:%M; echo $EPOCHSECONDS $((RANDOM >= 0)) $SECONDS");
    expect(output).toMatch(/^2026-01-01T00:00\n1767225600 1 \d+\n$/);
  });

  it("programs can be seen and ended, users and the system be asked for", async () => {
    const { output } = await run(
      "ps -ef | grep -c systemd; pgrep vmtoolsd; id -u; whoami; uname -s; umask 077; umask; kill 99999 || echo none",
    );
    expect(output).toContain("\n431\n0\nroot\nLinux\n0077\n");
    expect(output).toContain("none\n");
  });

  it("guestinfo is told and asked, and nothing else of the machine's settings", async () => {
    const { session, output, exitCode } = await run(
      'vmware-rpctool "info-set guestinfo.x a b"; vmtoolsd --cmd "info-get guestinfo.x"; vmware-rpctool "info-get disk.EnableUUID"',
    );
    expect(output).toContain("a b\n");
    expect(output).toContain("No value found");
    expect(exitCode).toBe(1);
    expect([...session.written]).toEqual([["guestinfo.x", "a b"]]);
  });
});
