import type { ExecResult } from "just-bash";
import type { GuestInterface } from "../../../state/guest-record.ts";
import { broadcastOf, ipv4, maskOf, prefixLength } from "../../identity/address.ts";
import { changeInterface } from "../../identity/network.ts";
import type { GuestSession } from "../guest-session.ts";
import { complain, done, say } from "../output.ts";

export function ifconfig(session: GuestSession, args: string[]): ExecResult {
  const [name, ...rest] = args.filter((arg) => arg !== "-a");
  const cards = session.network.interfaces.filter(({ present }) => present);
  if (name === undefined) return say(cards.map(shown).join("\n"));
  const card = cards.find((known) => known.name === name);
  if (!card) return complain(`${name}: error fetching interface information: Device not found`);
  if (rest.length === 0) return say(shown(card));
  let changed: GuestInterface = card;
  for (let i = 0; i < rest.length; i++) {
    const word = rest[i] ?? "";
    if (word === "up" || word === "down") changed = { ...changed, up: word === "up" };
    else if (word === "netmask") {
      const prefix = prefixLength(rest[++i] ?? "");
      if (prefix === undefined) return complain(`ifconfig: netmask: '${rest[i] ?? ""}' is no netmask`);
      changed = { ...changed, addresses: changed.addresses.map((address) => `${address.split("/")[0]}/${prefix}`) };
    } else if (word === "broadcast" || word === "mtu") i++;
    else if (word === "hw") {
      changed = { ...changed, mac: (rest[i + 2] ?? changed.mac).toLowerCase() };
      i += 2;
    } else {
      const [address = "", prefix = "24"] = word.split("/");
      if (ipv4(address) === undefined) return complain(`${word}: Unknown host`);
      changed = { ...changed, up: true, addresses: address === "0.0.0.0" ? [] : [`${address}/${prefix}`] };
    }
  }
  session.network = changeInterface(session.network, name, () => changed);
  return done();
}

function shown({ name, mac, up, addresses }: GuestInterface): string {
  const inet = addresses.map((address) => {
    const [text, prefix = "24"] = address.split("/");
    return `        inet ${text}  netmask ${maskOf(Number(prefix))}  broadcast ${broadcastOf(address)}\n`;
  });
  return `${name}: flags=${up ? "4163<UP,BROADCAST,RUNNING,MULTICAST>" : "4098<BROADCAST,MULTICAST>"}  mtu 1500\n${inet.join("")}        ether ${mac}  txqueuelen 1000  (Ethernet)\n`;
}
