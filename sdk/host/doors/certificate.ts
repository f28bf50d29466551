import { createPrivateKey, generateKeyPairSync, sign, X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { wallTime } from "../clock.ts";
import { secretToken } from "../random.ts";

/**
 * A certificate for a server that nobody has one for, signed with its own key (EC P-256), for localhost, this machine's addresses and
 * the one that is listened at; for two years. Written out here because it takes two milliseconds: the libraries for it take 150
 * to load, half of what a server may need to start.
 */
export function certificateFor(address: string): { readonly cert: string; readonly key: string } {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const now = wallTime();
  const name = sequence(set(sequence(oid("550403"), text("fargo"))));
  const day = 86_400_000;
  const body = sequence(
    // Version 3.
    tagged(0xa0, integer(Uint8Array.of(2))),
    integer(positive(Buffer.from(secretToken().slice(0, 32), "hex"))),
    ecdsaWithSha256,
    name,
    sequence(time(now - day), time(now + 730 * day)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tagged(0xa3, sequence(...extensions(address))),
  );
  const signature = sign("sha256", body, { key: privateKey, dsaEncoding: "der" });
  const der = sequence(body, ecdsaWithSha256, bits(signature));
  const lines = der.toString("base64").replace(/.{1,64}/g, "$&\n");
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`,
    key: String(privateKey.export({ type: "pkcs8", format: "pem" })),
  };
}

/** What clients pin. Throws a RangeError for what is no certificate. */
export function fingerprints(cert: string): { readonly sha1: string; readonly sha256: string } {
  try {
    const { fingerprint, fingerprint256 } = new X509Certificate(cert);
    return { sha1: fingerprint, sha256: fingerprint256 };
  } catch (error) {
    throw new RangeError("tls.cert is no certificate in PEM.", { cause: error });
  }
}

/** Throws a RangeError for what is no private key. */
export function requireKey(key: string): void {
  try {
    createPrivateKey(key);
  } catch (error) {
    throw new RangeError("tls.key is no private key in PEM.", { cause: error });
  }
}

function extensions(address: string): Buffer[] {
  const names = [dnsName("localhost"), ipName("127.0.0.1"), ipName("::1")];
  if (isIP(address) !== 0 && address !== "127.0.0.1" && address !== "::1") names.push(ipName(address));
  else if (isIP(address) === 0 && address !== "localhost") names.push(dnsName(address));
  const critical = boolean(true);
  return [
    // Subject alternative names; basic constraints: it may vouch for itself; key usage: signatures, its own certificate's too.
    sequence(oid("551d11"), octets(sequence(...names))),
    sequence(oid("551d13"), critical, octets(sequence(critical))),
    sequence(oid("551d0f"), critical, octets(der(0x03, Uint8Array.of(2, 0x84)))),
    sequence(oid("551d25"), octets(sequence(oid("2b06010505070301")))),
  ];
}

const dnsName = (name: string) => der(0x82, Buffer.from(name, "latin1"));
const ipName = (address: string) => der(0x87, addressBytes(address));

function addressBytes(address: string): Uint8Array {
  if (isIP(address) === 4) return Uint8Array.from(address.split("."), Number);
  // The URL's form of an IPv6 address has no IPv4 part; `::` stands for the groups that are missing.
  const [head = "", tail] = new URL(`http://[${address.replace(/%.*$/, "")}]`).hostname.slice(1, -1).split("::");
  const groups = (part: string | undefined) => (part ? part.split(":") : []);
  const [first, last] = [groups(head), groups(tail)];
  const all = [...first, ...Array<string>(8 - first.length - last.length).fill("0"), ...last];
  return Buffer.from(all.map((group) => group.padStart(4, "0")).join(""), "hex");
}

/** One element of DER: tag, length, content. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Uint8Array.of(tag, ...size), content]);
}

const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
const set = (...parts: readonly Uint8Array[]) => der(0x31, ...parts);
const tagged = (tag: number, part: Uint8Array) => der(tag, part);
const integer = (bytes: Uint8Array) => der(0x02, bytes);
const boolean = (value: boolean) => der(0x01, Uint8Array.of(value ? 0xff : 0));
const octets = (bytes: Uint8Array) => der(0x04, bytes);
const bits = (bytes: Uint8Array) => der(0x03, Uint8Array.of(0), bytes);
const text = (value: string) => der(0x0c, Buffer.from(value));
const oid = (hex: string) => der(0x06, Buffer.from(hex, "hex"));
const ecdsaWithSha256 = sequence(oid("2a8648ce3d040302"));

/** A number that is neither negative nor written with more bytes than it needs. */
function positive(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[0] = ((copy[0] ?? 0) & 0x7f) | 0x40;
  return copy;
}

/** UTCTime; years from 2050 on take the longer form. */
function time(at: number): Buffer {
  const digits = new Date(at).toISOString().replace(/[-:T]|\.\d+/g, "");
  return at < Date.UTC(2050, 0) ? der(0x17, Buffer.from(digits.slice(2))) : der(0x18, Buffer.from(digits));
}
