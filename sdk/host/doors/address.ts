import { BlockList, isIP } from "node:net";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** An address as it is shown: an IPv4 address that came by an IPv6 socket is an IPv4 address. */
export const shownAddress = (address: string | undefined): string =>
  address === undefined ? "" : address.startsWith("::ffff:") && address.includes(".") ? address.slice(7) : address;

/** Whether an address, or a name to listen at, is this machine's alone. */
export function isLoopback(address: string): boolean {
  if (address === "127.0.0.1" || address === "localhost") return true;
  const kind = isIP(address);
  return kind !== 0 && loopback.check(address, kind === 6 ? "ipv6" : "ipv4");
}

/** An address as URLs have it. */
export const inUrl = (address: string): string => (isIP(address) === 6 ? `[${address}]` : address);
