import type { ExecResult } from "just-bash";
import { ifcfgSettings, ifupdownSettings } from "../../identity/ifupdown.ts";
import { reloaded, unloaded } from "../../identity/network.ts";
import { networkManagerSettings } from "../../identity/network-manager.ts";
import { networkdSettings } from "../../identity/networkd.ts";
import { configured } from "../../identity/settings.ts";
import type { GuestSession } from "../guest-session.ts";
import { complain, done, say } from "../output.ts";
import { hostname } from "./host-name.ts";
import { powerOff, reboot } from "./power.ts";

/** What services do when they start: those of the network read its configuration. */
const services: Readonly<Record<string, (session: GuestSession) => void>> = {
  "systemd-networkd": networkd,
  networking: (session) => take(session, ifupdownSettings(session.files)),
  network: (session) => take(session, ifcfgSettings(session.files)),
  NetworkManager: (session) => take(session, networkManagerSettings(session.files)),
  "systemd-hostnamed": (session) => void hostname(session, ["-F", "/etc/hostname"]),
  "systemd-resolved": () => {},
};

const known: ReadonlySet<string> = new Set([
  ...["sshd", "ssh", "vmtoolsd", "open-vm-tools", "rsyslog", "cron", "crond", "chronyd", "systemd-timesyncd", "dbus"],
  ...Object.keys(services),
]);

const take = (session: GuestSession, settings: Parameters<typeof configured>[1]): void => {
  session.network = configured(session.network, settings);
};

/** systemd-networkd reads its files. */
function networkd(session: GuestSession): void {
  take(session, networkdSettings(session.files));
}

export function systemctl(session: GuestSession, args: string[]): ExecResult {
  const [verb = "", ...units] = args.filter((arg) => !arg.startsWith("-"));
  const names = units.map((unit) => unit.replace(/\.service$/, ""));
  if (verb === "reboot") return reboot(session);
  if (verb === "poweroff" || verb === "halt") return powerOff(session);
  if (["daemon-reload", "daemon-reexec", "reset-failed", ""].includes(verb)) return done();
  const stranger = names.find((name) => !known.has(name) && !isUnit(session, name));
  if (stranger !== undefined && verb !== "is-active" && verb !== "is-enabled")
    return complain(`Failed to ${verb} ${stranger}.service: Unit ${stranger}.service not found.`, 5);
  switch (verb) {
    case "restart":
    case "start":
    case "reload":
    case "reload-or-restart":
    case "try-restart":
      for (const name of names) services[name]?.(session);
      return done();
    case "is-active":
      return stranger === undefined ? say("active\n") : { ...say("inactive\n"), exitCode: 3 };
    case "is-enabled":
      return stranger === undefined ? say("enabled\n") : { ...say("disabled\n"), exitCode: 1 };
    case "status":
      return say(names.map((name) => `* ${name}.service\n     Active: active (running)\n`).join(""));
    case "stop":
    case "enable":
    case "disable":
    case "mask":
    case "unmask":
      return done();
    default:
      return complain(`Unknown command verb ${verb}.`);
  }
}

const isUnit = ({ files }: GuestSession, name: string): boolean =>
  ["/etc/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system"].some((directory) =>
    files.exists(`${directory}/${name}.service`),
  );

/** `service networking restart`. */
export const service = (session: GuestSession, [name = "", verb = "status"]: string[]): ExecResult =>
  systemctl(session, [verb, name]);

export function networkctl(session: GuestSession, args: string[]): ExecResult {
  const [verb = "list", ...names] = args.filter((arg) => !arg.startsWith("-"));
  const cards = session.network.interfaces.filter(({ present }) => present);
  const stranger = names.find((name) => !cards.some((card) => card.name === name));
  if (stranger !== undefined) return complain(`Interface "${stranger}" not found.`);
  switch (verb) {
    case "reload":
    case "reconfigure":
    case "renew":
      networkd(session);
      return done();
    case "up":
    case "down":
      session.network = {
        ...session.network,
        interfaces: session.network.interfaces.map((card) =>
          names.includes(card.name) ? { ...card, up: verb === "up" } : card,
        ),
      };
      return done();
    case "list":
    case "status":
      return say(
        `IDX LINK TYPE OPERATIONAL SETUP\n${cards.map(({ name, up }, i) => `${i + 2} ${name} ether ${up ? "routable configured" : "off unmanaged"}\n`).join("")}`,
      );
    default:
      return complain(`Unknown command verb ${verb}.`);
  }
}

const drivers: ReadonlySet<string> = new Set(["vmxnet3", "e1000", "e1000e"]);

/** Loading the driver of the network cards is when a fork's guest sees that they have other addresses than its source's. */
export function modprobe(session: GuestSession, args: string[]): ExecResult {
  const names = args.filter((arg) => !arg.startsWith("-"));
  const remove = args.some((arg) => /^-[a-z]*r|^--remove$/.test(arg));
  for (const name of names) {
    if (!drivers.has(name)) continue;
    const present = session.network.interfaces.some((card) => card.present);
    if (remove) session.network = unloaded(session.network);
    else if (!present) {
      session.network = reloaded(session.machine, session.network);
      // It sees the card come and configures it, as it did when the guest started.
      networkd(session);
    }
  }
  return done();
}

export const rmmod = (session: GuestSession, args: string[]): ExecResult => modprobe(session, ["-r", ...args]);

export const lsmod = (session: GuestSession): ExecResult =>
  say(
    `Module                  Size  Used by\n${session.network.interfaces.some(({ present }) => present) ? "vmxnet3                65536  0\n" : ""}`,
  );

/** `dhclient eth0`. */
export function dhclient(session: GuestSession, args: string[]): ExecResult {
  const names = args.filter((arg) => !arg.startsWith("-"));
  const release = args.includes("-r");
  take(session, ({ name }) =>
    names.length > 0 && !names.includes(name)
      ? undefined
      : { addresses: [], dhcp: !release, gateway: undefined, servers: [], search: [] },
  );
  return done();
}
