import type { ExecResult } from "just-bash";
import type { GuestInterface, GuestRoute } from "../../../state/guest-record.ts";
import { addressOf, broadcastOf, networkOfAddress } from "../../identity/address.ts";
import { changeInterface } from "../../identity/network.ts";
import type { GuestSession } from "../guest-session.ts";
import { complain, done, say } from "../output.ts";

/** `ip address`, `ip link`, `ip route`, with the abbreviations that people use. */
export function ip(session: GuestSession, args: string[]): ExecResult {
  const options = args.filter((arg) => arg.startsWith("-"));
  const [object = "", verb = "show", ...rest] = args.filter((arg) => !arg.startsWith("-"));
  const brief = options.some((option) => option === "-br" || option === "-brief" || option === "--brief");
  const line = options.some((option) => option === "-o" || option === "-oneline");
  if (object !== "" && "address".startsWith(object)) return address(session, verb, rest, { brief, line });
  if (object !== "" && "link".startsWith(object)) return link(session, verb, rest, brief);
  if (object !== "" && "route".startsWith(object)) return route(session, verb, rest);
  if (object !== "" && ("neighbour".startsWith(object) || object === "neigh")) return done();
  return complain(`Object "${object}" is unknown, try "ip help".`);
}

const isShow = (verb: string): boolean =>
  verb === "show" || verb === "list" || verb === "ls" || verb === "s" || verb === "sh";

function address(
  session: GuestSession,
  verb: string,
  rest: string[],
  how: { readonly brief: boolean; readonly line: boolean },
): ExecResult {
  const name = after(rest, "dev") ?? (isShow(verb) || verb === "flush" ? rest[0] : undefined);
  if (isShow(verb)) return show(session, name, (card, i) => shownAddress(card, i, how));
  const card = find(session, name);
  if (!card) return complain(`Cannot find device "${name ?? ""}"`);
  if (verb === "flush") return set(session, card, { addresses: [] });
  const wanted = addressOf(rest[0] ?? "");
  if (wanted === undefined) return complain(`Error: any valid prefix is expected rather than "${rest[0] ?? ""}".`);
  const known = card.addresses.includes(wanted);
  if (verb === "add" || verb === "a") {
    if (known) return complain("RTNETLINK answers: File exists", 2);
    return set(session, card, { addresses: [...card.addresses, wanted] });
  }
  if (verb === "replace" || verb === "change")
    return known ? done() : set(session, card, { addresses: [...card.addresses, wanted] });
  if (!"delete".startsWith(verb)) return complain(`Command "${verb}" is unknown, try "ip address help".`);
  if (!known) return complain("RTNETLINK answers: Cannot assign requested address", 2);
  return set(session, card, { addresses: card.addresses.filter((each) => each !== wanted) });
}

function link(session: GuestSession, verb: string, rest: string[], brief: boolean): ExecResult {
  if (isShow(verb)) {
    const name = after(rest, "dev") ?? rest[0];
    return show(session, name, (card, i) => (brief ? briefLine(card, card.mac) : `${head(card, i)}\n${ether(card)}\n`));
  }
  if (verb !== "set") return complain(`Command "${verb}" is unknown, try "ip link help".`);
  const card = find(session, after(rest, "dev") ?? rest[0]);
  if (!card) return complain(`Cannot find device "${after(rest, "dev") ?? rest[0] ?? ""}"`);
  const mac = after(rest, "address");
  if (mac !== undefined && !/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(mac)) return complain(`"${mac}" is invalid lladdr.`);
  const name = after(rest, "name");
  return set(session, card, {
    ...(rest.includes("up") ? { up: true } : rest.includes("down") ? { up: false } : {}),
    ...(mac === undefined ? {} : { mac: mac.toLowerCase() }),
    ...(name === undefined ? {} : { name }),
  });
}

function route(session: GuestSession, verb: string, rest: string[]): ExecResult {
  const { network } = session;
  if (isShow(verb))
    return say([...network.routes.map(routeText), ...connected(session)].map((text) => `${text}\n`).join(""));
  if (verb === "flush") {
    session.network = {
      ...network,
      routes: rest[0] === "default" ? network.routes.filter(({ to }) => to !== "default") : [],
    };
    return done();
  }
  const [to = ""] = rest;
  const via = after(rest, "via");
  const dev = after(rest, "dev") ?? network.interfaces.find(({ up, present }) => up && present)?.name;
  if (to !== "default" && addressOf(to) === undefined)
    return complain(`Error: inet prefix is expected rather than "${to}".`);
  if (dev === undefined) return complain("RTNETLINK answers: Network is unreachable", 2);
  const others = network.routes.filter((each) => each.to !== to);
  const known = others.length < network.routes.length;
  if ("delete".startsWith(verb)) {
    if (!known) return complain("RTNETLINK answers: No such process", 2);
    session.network = { ...network, routes: others };
    return done();
  }
  if (verb === "add" && known) return complain("RTNETLINK answers: File exists", 2);
  if (!["add", "replace", "change"].includes(verb))
    return complain(`Command "${verb}" is unknown, try "ip route help".`);
  session.network = { ...network, routes: [...others, { to, via, dev }] };
  return done();
}

function set(session: GuestSession, { name }: GuestInterface, changes: Partial<GuestInterface>): ExecResult {
  session.network = changeInterface(session.network, name, (known) => ({ ...known, ...changes }));
  return done();
}

const find = ({ network }: GuestSession, name: string | undefined): GuestInterface | undefined =>
  network.interfaces.find((known) => known.name === name && known.present);

const after = (args: readonly string[], word: string): string | undefined =>
  args.includes(word) ? args[args.indexOf(word) + 1] : undefined;

const loopback: GuestInterface = {
  key: 0,
  name: "lo",
  mac: "00:00:00:00:00:00",
  up: true,
  present: true,
  addresses: ["127.0.0.1/8"],
  dhcp: false,
};

function show(
  { network }: GuestSession,
  name: string | undefined,
  text: (card: GuestInterface, i: number) => string,
): ExecResult {
  const all = [loopback, ...network.interfaces.filter(({ present }) => present)];
  if (name === undefined || name === "up") return say(all.map(text).join(""));
  const i = all.findIndex((card) => card.name === name);
  const card = all[i];
  return card ? say(text(card, i)) : complain(`Device "${name}" does not exist.`);
}

const flags = ({ name, up }: GuestInterface): string =>
  name === "lo" ? "LOOPBACK,UP,LOWER_UP" : up ? "BROADCAST,MULTICAST,UP,LOWER_UP" : "BROADCAST,MULTICAST";
const head = (card: GuestInterface, i: number): string =>
  `${i + 1}: ${card.name}: <${flags(card)}> mtu ${card.name === "lo" ? 65536 : 1500} qdisc ${card.name === "lo" ? "noqueue" : "mq"} state ${card.name === "lo" ? "UNKNOWN" : card.up ? "UP" : "DOWN"} group default qlen 1000`;
const ether = ({ name, mac }: GuestInterface): string =>
  name === "lo" ? `    link/loopback ${mac} brd 00:00:00:00:00:00` : `    link/ether ${mac} brd ff:ff:ff:ff:ff:ff`;
const briefLine = (card: GuestInterface, text: string): string =>
  `${card.name.padEnd(16)} ${(card.name === "lo" ? "UNKNOWN" : card.up ? "UP" : "DOWN").padEnd(14)} ${text} \n`;

function shownAddress(
  card: GuestInterface,
  i: number,
  { brief, line }: { readonly brief: boolean; readonly line: boolean },
): string {
  if (brief) return briefLine(card, card.addresses.join(" "));
  const addresses = card.addresses.map((address) =>
    address.includes(":")
      ? `inet6 ${address} scope global`
      : `inet ${address} brd ${broadcastOf(address)} scope ${card.name === "lo" ? "host" : "global"} ${card.name}`,
  );
  if (line)
    return addresses
      .map((text) => `${i + 1}: ${card.name}    ${text}\\       valid_lft forever preferred_lft forever\n`)
      .join("");
  return `${head(card, i)}\n${ether(card)}\n${addresses.map((text) => `    ${text}\n       valid_lft forever preferred_lft forever\n`).join("")}`;
}

const routeText = ({ to, via, dev }: GuestRoute): string => `${to}${via === undefined ? "" : ` via ${via}`} dev ${dev}`;

const connected = ({ network }: GuestSession): string[] =>
  network.interfaces
    .filter(({ up, present }) => up && present)
    .flatMap(({ name, addresses }) =>
      addresses
        .filter((address) => !address.includes(":"))
        .map(
          (address) => `${networkOfAddress(address)} dev ${name} proto kernel scope link src ${address.split("/")[0]}`,
        ),
    );
