import type { Session as VISession } from "../../sdk/index.ts";
import type { Members, MemberValue, Value } from "../language/index.ts";

/** One server that the shell is connected to: what `Connect-VIServer` puts out. */
export class Connection implements Members {
  readonly typeNames = ["VIServer", "VIObject"];
  readonly name: string;
  readonly user: string;
  readonly port: number;
  readonly session: VISession;
  connected = true;

  constructor(address: string, user: string, session: VISession) {
    this.name = nameOf(address);
    this.port = Number(/:(\d+)$/.exec(this.name)?.[1] ?? (address.startsWith("http:") ? 80 : 443));
    this.user = user;
    this.session = session;
  }

  member(name: string): MemberValue | undefined {
    const found = this.memberNames().find((known) => known.toLowerCase() === name.toLowerCase());
    return found === undefined ? undefined : { name: found, kind: "Property", get: () => this.#property(found) };
  }

  memberNames(): readonly string[] {
    return ["Name", "Port", "User", "IsConnected", "Version", "Build", "ProductLine", "InstanceUuid"];
  }

  asText(): string {
    return this.name;
  }

  #property(name: string): Value {
    const { about } = this.session;
    switch (name) {
      case "Name":
        return this.name;
      case "Port":
        return this.port;
      case "User":
        return this.user;
      case "IsConnected":
        return this.connected;
      case "Version":
        return about.version;
      case "Build":
        return about.build;
      case "ProductLine":
        return about.productLineId;
      default:
        return about.instanceUuid ?? null;
    }
  }
}

/** What a server is called: its address without protocol, user and path. */
export const nameOf = (address: string): string =>
  address
    .replace(/^[a-z]+:\/\//i, "")
    .replace(/^[^@/]*@/, "")
    .replace(/\/.*$/, "");
