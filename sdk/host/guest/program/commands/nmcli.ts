import type { ExecResult } from "just-bash";
import { changeInterface } from "../../identity/network.ts";
import type { Connection } from "../../identity/network-manager.ts";
import {
  connectionsOf,
  forgetConnection,
  keepConnection,
  networkManagerSettings,
  settingsOf,
} from "../../identity/network-manager.ts";
import { configured, withSettings } from "../../identity/settings.ts";
import type { GuestSession } from "../guest-session.ts";
import { complain, done, say } from "../output.ts";
import { hostnamectl } from "./host-name.ts";

/** Options with a value that say how to print: all prints the same here. */
const printing: ReadonlySet<string> = new Set([
  "-f",
  "--fields",
  "-g",
  "--get-values",
  "-m",
  "--mode",
  "-w",
  "--wait",
  "-c",
]);

/** `nmcli connection`, `device`, `general hostname`, `networking`. */
export function nmcli(session: GuestSession, args: string[]): ExecResult {
  const words = args.filter((arg, i) => !arg.startsWith("-") && !printing.has(args[i - 1] ?? ""));
  const [object = "", verb = "show", ...rest] = words;
  if ("connection".startsWith(object) && object !== "") return connection(session, verb, rest);
  if ("device".startsWith(object)) return device(session, verb, rest);
  if ("general".startsWith(object) && verb === "hostname")
    return rest[0] ? hostnamectl(session, ["set-hostname", rest[0]]) : say(`${session.hostName ?? ""}\n`);
  if ("networking".startsWith(object) || "general".startsWith(object)) return done();
  return complain(`Error: argument '${object}' not understood. Try passing --help instead.`, 2);
}

function connection(session: GuestSession, verb: string, rest: string[]): ExecResult {
  const { files } = session;
  if (verb === "reload" || verb === "load") return done();
  if (verb === "show" && rest.length === 0)
    return say(
      connectionsOf(files)
        .map(({ name, device }) => `${name}  ethernet  ${device ?? "--"}\n`)
        .join(""),
    );
  if (verb === "add") return add(session, rest);
  const [first = "", ...more] = rest[0] === "id" ? rest.slice(1) : rest;
  const found = connectionsOf(files).find(({ name }) => name === first) ?? unwritten(session, first);
  if (!found) return complain(`Error: unknown connection '${first}'.`, 10);
  switch (verb) {
    case "show":
      return say(`connection.id: ${found.name}\nipv4.addresses: ${settingsOf(found).addresses.join(", ")}\n`);
    case "mod":
    case "modify":
      keepConnection(files, found, pairs(more));
      return done();
    case "up":
      return up(session, found);
    case "down":
      for (const card of cardsOf(session, found))
        session.network = changeInterface(session.network, card.name, (known) => ({ ...known, addresses: [] }));
      return done();
    case "del":
    case "delete":
      if (connectionsOf(files).some(({ name }) => name === found.name)) forgetConnection(files, found);
      return done();
    default:
      return complain(`Error: argument '${verb}' not understood. Try passing --help instead.`, 2);
  }
}

/** Every card has a connection of its name, or `Wired connection 1`, before anybody writes one. */
function unwritten({ network }: GuestSession, name: string): Connection | undefined {
  const wired = Number(/^Wired connection (\d+)$/.exec(name)?.[1]) - 1;
  const card = network.interfaces.find((known, i) => known.name === name || i === wired);
  return card && { name, device: card.name, sections: [] };
}

function add(session: GuestSession, rest: string[]): ExecResult {
  const given = pairs(rest);
  const device = given.get("ifname");
  const name = given.get("con-name") ?? device ?? "ethernet";
  const changes = new Map([...given].filter(([key]) => key.startsWith("ipv4.")));
  const address = given.get("ip4");
  if (address !== undefined) changes.set("ipv4.addresses", address).set("ipv4.method", "manual");
  const gateway = given.get("gw4");
  if (gateway !== undefined) changes.set("ipv4.gateway", gateway);
  if (!changes.has("ipv4.method")) changes.set("ipv4.method", changes.has("ipv4.addresses") ? "manual" : "auto");
  keepConnection(session.files, { name, device: device === "*" ? undefined : device, sections: [] }, changes);
  const added = connectionsOf(session.files).find((known) => known.name === name);
  return added ? up(session, added) : done();
}

const cardsOf = ({ network }: GuestSession, { device }: Connection) =>
  network.interfaces.filter(({ name, present }) => present && (device === undefined || device === name));

function up(session: GuestSession, found: Connection): ExecResult {
  const cards = cardsOf(session, found);
  if (cards.length === 0)
    return complain(`Error: Connection activation failed: No suitable device found for this connection.`, 4);
  for (const card of cards) session.network = withSettings(session.network, card, settingsOf(found));
  return say(`Connection successfully activated\n`);
}

function device(session: GuestSession, verb: string, rest: string[]): ExecResult {
  const cards = session.network.interfaces.filter(({ present }) => present);
  if (["show", "status", "s"].includes(verb) && rest.length === 0)
    return say(
      `DEVICE  TYPE      STATE      CONNECTION\n${cards.map(({ name, up }) => `${name}  ethernet  ${up ? "connected" : "disconnected"}  ${name}\n`).join("")}`,
    );
  const card = cards.find(({ name }) => name === rest[0]);
  if (!card) return complain(`Error: Device '${rest[0] ?? ""}' not found.`, 10);
  if (verb === "disconnect")
    session.network = changeInterface(session.network, card.name, (known) => ({ ...known, up: false, addresses: [] }));
  if (["reapply", "connect", "up"].includes(verb)) {
    const settings = networkManagerSettings(session.files);
    session.network = configured(session.network, (known) => (known.name === card.name ? settings(known) : undefined));
  }
  return done();
}

/** `ipv4.addresses 10.0.0.5/24 ipv4.method manual`. */
function pairs(words: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (let i = 0; i + 1 < words.length; i += 2) {
    const [key = "", value = ""] = [words[i], words[i + 1]];
    const property = key.replace(/^\+/, "");
    found.set(property, key.startsWith("+") && found.has(property) ? `${found.get(property)},${value}` : value);
  }
  return found;
}
