/** The number of an IPv4 address, undefined for what is none. */
export function ipv4(text: string): number | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (!match) return undefined;
  const bytes = match.slice(1).map(Number);
  if (bytes.some((byte) => byte > 255)) return undefined;
  return bytes.reduce((number, byte) => number * 256 + byte, 0);
}

const ipv4Text = (number: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");

const isIpv6 = (text: string): boolean =>
  /^[0-9a-f:]+$/i.test(text) && text.includes(":") && text.split(":").length <= 8;

/** `255.255.255.0` or `24` as the length of a prefix, undefined for what is neither. */
export function prefixLength(mask: string): number | undefined {
  if (/^\d{1,3}$/.test(mask)) return Number(mask) <= 128 ? Number(mask) : undefined;
  const number = ipv4(mask);
  if (number === undefined) return undefined;
  const bits = number.toString(2).padStart(32, "0");
  return /^1*0*$/.test(bits) ? bits.lastIndexOf("1") + 1 : undefined;
}

export const maskOf = (prefix: number): string => ipv4Text(prefix === 0 ? 0 : 2 ** 32 - 2 ** (32 - prefix));

/** An address with the length of its prefix, as `10.0.0.5/24`; without one it is a host's own. Undefined for what is none. */
export function addressOf(text: string): string | undefined {
  const [address = "", prefix] = text.split("/");
  const six = isIpv6(address);
  if (!six && ipv4(address) === undefined) return undefined;
  const length = prefix === undefined ? (six ? 128 : 32) : prefixLength(prefix);
  return length === undefined || (!six && length > 32) ? undefined : `${address.toLowerCase()}/${length}`;
}

/** The network that an IPv4 address with its prefix is in, as `10.0.0.0/24`. */
export function networkOfAddress(address: string): string | undefined {
  const [text = "", prefix = "32"] = address.split("/");
  const number = ipv4(text);
  if (number === undefined) return undefined;
  const size = 2 ** (32 - Number(prefix));
  return `${ipv4Text(Math.floor(number / size) * size)}/${prefix}`;
}

/** The broadcast address of it. */
export function broadcastOf(address: string): string | undefined {
  const [text = "", prefix = "32"] = address.split("/");
  const number = ipv4(text);
  if (number === undefined) return undefined;
  const size = 2 ** (32 - Number(prefix));
  return ipv4Text(Math.floor(number / size) * size + size - 1);
}

/**
 * The address that the simulated network's DHCP server leases to a card: 10.128.0.0/9, by the last 22 bits of the card's own, so
 * that no two cards of one vCenter get the same and none has to be remembered.
 */
export function leased(mac: string): { readonly address: string; readonly gateway: string } {
  const bits = Number.parseInt(mac.split(":").slice(3).join(""), 16) & 0x3fffff;
  return { address: `${ipv4Text(0x0a800000 + 0x100 + bits)}/9`, gateway: "10.128.0.1" };
}
