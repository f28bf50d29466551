import { uuidOf } from "../../random.ts";
import type { GuestSession } from "./guest-session.ts";
import { programsRunning } from "./processes.ts";

/** What the kernel makes up: nothing of it is on the disk. */
export const isVirtual = (path: string): boolean => /^\/(proc|sys|dev)(\/|$)/.test(path);

const directories: Readonly<Record<string, readonly string[]>> = {
  "/proc": [
    "cmdline",
    "cpuinfo",
    "hostname",
    "loadavg",
    "meminfo",
    "modules",
    "net",
    "self",
    "sys",
    "uptime",
    "version",
  ],
  "/proc/net": ["dev", "route"],
  "/proc/self": ["status"],
  "/proc/sys": ["kernel"],
  "/proc/sys/kernel": ["hostname", "osrelease", "random"],
  "/proc/sys/kernel/random": ["boot_id", "entropy_avail", "uuid"],
  "/sys": ["class", "devices", "hypervisor"],
  "/sys/class": ["dmi", "net"],
  "/sys/class/dmi": ["id"],
  "/sys/class/dmi/id": ["product_name", "product_serial", "product_uuid", "sys_vendor"],
  "/sys/devices": ["virtual"],
  "/sys/hypervisor": ["generation", "type", "uuid"],
  "/dev": ["fd", "null", "random", "sda", "stderr", "stdin", "stdout", "urandom", "zero"],
};

const files: Readonly<Record<string, (session: GuestSession) => string>> = {
  "/proc/version": () => `Linux version ${kernel} (builder@build) #1-photon SMP\n`,
  "/proc/cmdline": () => "BOOT_IMAGE=/boot/vmlinuz root=/dev/sda ro\n",
  "/proc/hostname": ({ hostName }) => `${hostName ?? "localhost"}\n`,
  "/proc/sys/kernel/hostname": ({ hostName }) => `${hostName ?? "localhost"}\n`,
  "/proc/sys/kernel/osrelease": () => `${kernel}\n`,
  "/proc/sys/kernel/random/uuid": (session) => `${uuidOf(session.draw(), "instance", session.draw())}\n`,
  "/proc/sys/kernel/random/boot_id": (session) => `${session.generation}\n`,
  "/proc/sys/kernel/random/entropy_avail": () => "256\n",
  "/proc/uptime": ({ now, machine }) => `${((now - machine.booted) / 1000).toFixed(2)} 0.00\n`,
  "/proc/loadavg": (session) => `0.00 0.00 0.00 1/${programsRunning(session).length} ${session.program.pid}\n`,
  "/proc/meminfo": ({ machine }) => `MemTotal:       ${machine.base.memoryMB * 1024} kB\n`,
  "/proc/cpuinfo": ({ machine }) =>
    Array.from({ length: machine.base.numCPU }, (_, i) => `processor\t: ${i}\nmodel name\t: Virtual CPU\n`).join("\n"),
  "/proc/modules": ({ network }) =>
    network.interfaces.some(({ present }) => present) ? "vmxnet3 65536 0 - Live 0x0\n" : "",
  "/proc/self/status": ({ program }) => `Name:\tbash\nState:\tR (running)\nPid:\t${program.pid}\nPPid:\t1\n`,
  "/proc/net/route": () => "Iface\tDestination\tGateway\n",
  "/proc/net/dev": ({ network }) => network.interfaces.map(({ name }) => `  ${name}: 0 0 0 0\n`).join(""),
  "/sys/hypervisor/type": () => "vmware\n",
  "/sys/hypervisor/uuid": biosUuid,
  "/sys/hypervisor/generation": ({ generation }) => `${generation}\n`,
  "/sys/class/dmi/id/product_uuid": biosUuid,
  "/sys/class/dmi/id/product_name": () => "VMware Virtual Platform\n",
  "/sys/class/dmi/id/product_serial": (session) => `VMware-${biosUuid(session)}`,
  "/sys/class/dmi/id/sys_vendor": () => "VMware, Inc.\n",
  "/dev/null": () => "",
};

export const kernel = "6.1.83-1.ph5";

function biosUuid({ machine, seed }: GuestSession): string {
  return `${machine.uuid ?? uuidOf(seed, "bios", machine.id)}\n`;
}

/** The content of a file that the kernel makes up, undefined where there is none. */
export function virtualFile(session: GuestSession, path: string): Uint8Array | undefined {
  if (path === "/dev/urandom" || path === "/dev/random") return chance(session, 4096);
  if (path === "/dev/zero") return new Uint8Array(4096);
  const text = files[path]?.(session) ?? cardFile(session, path);
  return text === undefined ? undefined : new TextEncoder().encode(text);
}

/** The names in a directory that the kernel makes up, undefined where there is none. */
export function virtualNames(session: GuestSession, path: string): readonly string[] | undefined {
  const plain = path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
  const cards = session.network.interfaces.filter(({ present }) => present).map(({ name }) => name);
  if (plain === "/sys/class/net") return [...cards, "lo"].sort();
  const card = /^\/sys\/class\/net\/([^/]+)$/.exec(plain)?.[1];
  if (card !== undefined) return card === "lo" || cards.includes(card) ? ["address", "mtu", "operstate"] : undefined;
  return directories[plain];
}

function cardFile({ network }: GuestSession, path: string): string | undefined {
  const [, name, file] = /^\/sys\/class\/net\/([^/]+)\/(address|operstate|mtu|carrier)$/.exec(path) ?? [];
  if (file === undefined) return undefined;
  const card = name === "lo" ? loopback : network.interfaces.find((known) => known.name === name && known.present);
  if (!card) return undefined;
  const text = { address: card.mac, operstate: card.up ? "up" : "down", carrier: card.up ? "1" : "0" };
  return file === "address" || file === "operstate" || file === "carrier" ? `${text[file]}\n` : "1500\n";
}

const loopback = { mac: "00:00:00:00:00:00", up: true };

/** Bytes of chance: those of one fork are not those of another. It has an end here, as readers want it whole. */
function chance(session: GuestSession, length: number): Uint8Array {
  const words = Uint32Array.from({ length: length / 4 }, () => session.draw());
  return new Uint8Array(words.buffer);
}
