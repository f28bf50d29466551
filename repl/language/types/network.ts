import { toText } from "../convert/to-text.ts";
import { problem, textAt } from "../members/arguments.ts";
import type { Members, MemberValue } from "../values/members.ts";
import { PSObject } from "../values/ps-object.ts";
import { SecureString } from "../values/secure-string.ts";
import type { Value } from "../values/value.ts";
import { CastProblem } from "./cast.ts";
import type { TypeDefinition } from "./definition.ts";

/** A `[uri]`. */
class Uri implements Members {
  readonly typeNames = ["System.Uri", "System.Object"];
  private readonly text: string;
  private readonly url: URL | undefined;

  constructor(text: string) {
    this.text = text;
    this.url = URL.canParse(text) ? new URL(text) : undefined;
  }

  member(name: string): MemberValue | undefined {
    const known = this.memberNames().find((each) => each.toLowerCase() === name.toLowerCase());
    return known === undefined ? undefined : { name: known, kind: "Property", get: () => this.value(known) };
  }

  memberNames(): readonly string[] {
    return [
      "AbsoluteUri",
      "Scheme",
      "Host",
      "Port",
      "AbsolutePath",
      "Query",
      "PathAndQuery",
      "Fragment",
      "OriginalString",
      "IsAbsoluteUri",
      "Segments",
    ];
  }

  asText(): string {
    return this.url?.href ?? this.text;
  }

  private value(name: string): Value {
    const { url } = this;
    if (name === "OriginalString") return this.text;
    if (name === "IsAbsoluteUri") return url !== undefined;
    if (url === undefined) return null;
    const ports: Readonly<Record<string, number>> = { "https:": 443, "http:": 80, "ftp:": 21 };
    const values: Readonly<Record<string, Value>> = {
      AbsoluteUri: url.href,
      Scheme: url.protocol.slice(0, -1),
      Host: url.hostname,
      Port: url.port === "" ? (ports[url.protocol] ?? -1) : Number(url.port),
      AbsolutePath: url.pathname,
      Query: url.search,
      PathAndQuery: url.pathname + url.search,
      Fragment: url.hash,
      Segments: url.pathname.split(/(?<=\/)/),
    };
    return values[name] ?? null;
  }
}

export const URI_TYPE: TypeDefinition = {
  fullName: "System.Uri",
  accelerator: "uri",
  is: (value) => value instanceof Uri,
  convert: (value) => (value instanceof Uri ? value : value === null ? null : new Uri(toText(value))),
  construct: (args) => new Uri(textAt(args, 0)),
  methods: {
    EscapeDataString: (args) =>
      encodeURIComponent(textAt(args, 0)).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`),
    UnescapeDataString: (args) => decodeURIComponent(textAt(args, 0)),
  },
};

/** An `[ipaddress]`. */
class IPAddress implements Members {
  readonly typeNames = ["System.Net.IPAddress", "System.Object"];
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  member(name: string): MemberValue | undefined {
    switch (name.toLowerCase()) {
      case "ipaddresstostring":
        return { name: "IPAddressToString", kind: "Property", get: () => this.text };
      case "addressfamily":
        return {
          name: "AddressFamily",
          kind: "Property",
          get: () => (this.text.includes(":") ? "InterNetworkV6" : "InterNetwork"),
        };
      case "getaddressbytes":
        return {
          name: "GetAddressBytes",
          kind: "Method",
          invoke: () => Uint8Array.from(this.text.split(".").map(Number)),
        };
      default:
        return undefined;
    }
  }

  memberNames(): readonly string[] {
    return ["AddressFamily", "IPAddressToString", "GetAddressBytes"];
  }

  asText(): string {
    return this.text;
  }

  equals(other: Value): boolean {
    return toText(other) === this.text;
  }
}

function parseAddress(text: string): IPAddress | undefined {
  const parts = text.split(".");
  if (parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256))
    return new IPAddress(parts.map(Number).join("."));
  return /^[0-9a-f:.]+$/i.test(text) && URL.canParse(`http://[${text}]`)
    ? new IPAddress(text.toLowerCase())
    : undefined;
}

export const ADDRESS_TYPE: TypeDefinition = {
  fullName: "System.Net.IPAddress",
  accelerator: "ipaddress",
  is: (value) => value instanceof IPAddress,
  convert(value) {
    if (value instanceof IPAddress || value === null) return value;
    const parsed = parseAddress(toText(value));
    if (parsed === undefined) throw new CastProblem("An invalid IP address was specified.");
    return parsed;
  },
  methods: {
    Parse(args) {
      const parsed = parseAddress(textAt(args, 0));
      if (parsed === undefined) throw problem("System.FormatException", "An invalid IP address was specified.");
      return parsed;
    },
    TryParse(args) {
      const parsed = parseAddress(textAt(args, 0));
      const box = args[1];
      if (typeof box === "object" && box !== null && "set" in box && typeof box.set === "function")
        box.set(parsed ?? null);
      return parsed !== undefined;
    },
  },
};

export const NETWORK_CREDENTIAL_TYPE: TypeDefinition = {
  fullName: "System.Net.NetworkCredential",
  is: () => false,
  construct: (args) => {
    const password = args[1] instanceof SecureString ? args[1].reveal() : textAt(args, 1);
    return PSObject.of(
      {
        UserName: textAt(args, 0),
        Password: password,
        SecurePassword: new SecureString(password),
        Domain: textAt(args, 2),
      },
      "System.Net.NetworkCredential",
    );
  },
};

/** Looks names up as the system does, when a script asks. */
export const DNS_TYPE: TypeDefinition = {
  fullName: "System.Net.Dns",
  is: () => false,
  methods: {
    GetHostName: async () => (await import("node:os")).hostname(),
    GetHostEntry: (args) => lookUp(textAt(args, 0)),
    GetHostByName: (args) => lookUp(textAt(args, 0)),
    GetHostAddresses: async (args) => {
      const { promises } = await import("node:dns");
      return (await promises.lookup(textAt(args, 0), { all: true })).map(({ address }) => new IPAddress(address));
    },
  },
};

async function lookUp(name: string): Promise<Value> {
  const { promises } = await import("node:dns");
  const isAddress = parseAddress(name) !== undefined;
  const found = isAddress ? [{ address: name }] : await promises.lookup(name, { all: true });
  const host = isAddress ? ((await promises.reverse(name))[0] ?? name) : name;
  return PSObject.of(
    { HostName: host, AddressList: found.map(({ address }) => new IPAddress(address)), Aliases: [] },
    "System.Net.IPHostEntry",
  );
}
