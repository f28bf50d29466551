import type { GuestFiles } from "../files/guest-files.ts";
import { type Section, sectionsOf, textOfSections, valuesOf } from "./ini.ts";
import type { Configured, Settings } from "./settings.ts";

const directory = "/etc/NetworkManager/system-connections";

/** A connection as NetworkManager keeps it: a file of its own. */
export interface Connection {
  readonly name: string;
  /** Unset: for any interface. */
  readonly device: string | undefined;
  readonly sections: readonly Section[];
}

export function connectionsOf(files: GuestFiles): readonly Connection[] {
  if (!files.exists(directory)) return [];
  return files
    .readDirectory(directory)
    .filter((name) => name.endsWith(".nmconnection"))
    .map((file) => {
      const sections = sectionsOf(new TextDecoder().decode(files.readFile(`${directory}/${file}`)));
      const [name = file.slice(0, -".nmconnection".length)] = valuesOf(sections, "connection", "id");
      return { name, device: valuesOf(sections, "connection", "interface-name")[0], sections };
    });
}

/** What the connections say of an interface. */
export const networkManagerSettings =
  (files: GuestFiles): Configured =>
  ({ name }) => {
    const all = connectionsOf(files);
    const found = all.find(({ device }) => device === name) ?? all.find(({ device }) => device === undefined);
    return found && settingsOf(found);
  };

export function settingsOf({ sections }: Connection): Settings {
  const addresses = sections
    .filter(({ name }) => name === "ipv4")
    .flatMap(({ entries }) => entries.filter(([key]) => /^address\d+$/.test(key)).map(([, value]) => value));
  const [first = ""] = addresses;
  const list = (key: string) =>
    valuesOf(sections, "ipv4", key).flatMap((value) => value.split(/[;,\s]+/).filter((word) => word !== ""));
  return {
    addresses: addresses.map((value) => value.split(",")[0] ?? ""),
    dhcp: list("method")[0] === "auto",
    gateway: list("gateway")[0] ?? first.split(",")[1],
    servers: list("dns"),
    search: list("dns-search"),
  };
}

/** Writes a connection with properties as `nmcli` names them: `ipv4.addresses`, `ipv4.gateway`, ... */
export function keepConnection(files: GuestFiles, connection: Connection, changes: ReadonlyMap<string, string>): void {
  const ipv4 = new Map(connection.sections.filter(({ name }) => name === "ipv4").flatMap(({ entries }) => entries));
  for (const [property, value] of changes) {
    const key = property.replace(/^ipv4\./, "");
    if (key === "addresses") {
      for (const known of [...ipv4.keys()]) if (/^address\d+$/.test(known)) ipv4.delete(known);
      for (const [i, address] of value
        .split(/[,\s]+/)
        .filter((word) => word !== "")
        .entries())
        ipv4.set(`address${i + 1}`, address);
    } else if (property.startsWith("ipv4.")) ipv4.set(key, key === "dns" ? value.split(/[,\s]+/).join(";") : value);
  }
  const device = changes.get("connection.interface-name") ?? connection.device;
  const sections: Section[] = [
    {
      name: "connection",
      entries: [
        ["id", changes.get("connection.id") ?? connection.name],
        ["type", "ethernet"],
        ...(device === undefined ? [] : [["interface-name", device] as const]),
      ],
    },
    { name: "ipv4", entries: [...ipv4] },
  ];
  if (!files.exists(directory)) files.makeDirectory(directory, { recursive: true, mode: 0o700 });
  const path = `${directory}/${connection.name.replaceAll("/", "*")}.nmconnection`;
  files.writeFile(path, new TextEncoder().encode(textOfSections(sections)), { mode: 0o600 });
}

export function forgetConnection(files: GuestFiles, { name }: Connection): void {
  files.remove(`${directory}/${name.replaceAll("/", "*")}.nmconnection`);
}
