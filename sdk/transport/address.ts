import { VsphereError } from "../errors.ts";

/** Where a server is, as its user wrote it: `https://vc.example.com`, `vc.example.com:443`, `https://user@vc.example.com/sdk`. */
export interface Address {
  readonly secure: boolean;
  readonly host: string;
  readonly port: number;
  /** `https://vc.example.com:443`, for messages. */
  readonly origin: string;
  /** Where vim25 is: `/sdk`. */
  readonly path: string;
  /** From the address, where it names somebody. */
  readonly user: string | undefined;
  readonly password: string | undefined;
}

/** Reads the address of a server. Throws `InvalidArgument`, which shows no password. */
export function addressOf(text: string): Address {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase() ?? "https";
  const url = read(text.includes("://") ? text : `https://${text}`);
  if (!url || (scheme !== "https" && scheme !== "http") || url.hostname === "") {
    throw new VsphereError(
      "InvalidArgument",
      `'${withoutPassword(text)}' is no address of a server: give a host name, or a URL such as https://vcenter.example.com.`,
    );
  }
  const secure = scheme === "https";
  const port = url.port === "" ? (secure ? 443 : 80) : Number(url.port);
  const { user, password } = accountIn(url);
  return {
    secure,
    host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port,
    origin: `${scheme}://${url.hostname}:${port}`,
    path: url.pathname === "/" ? "/sdk" : url.pathname.replace(/\/+$/, ""),
    user,
    password,
  };
}

function read(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** User and password as they are, without the escapes of a URL. */
function accountIn(url: URL) {
  const plain = (text: string): string | undefined => {
    if (text === "") return undefined;
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };
  return { user: plain(url.username), password: plain(url.password) };
}

const withoutPassword = (text: string): string => text.replace(/\/\/[^@/]*@/, "//...@").slice(0, 200);
