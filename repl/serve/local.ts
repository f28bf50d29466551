import { BlockList, isIP } from "node:net";

const own = new BlockList();
own.addSubnet("127.0.0.0", 8, "ipv4");
own.addAddress("::1", "ipv6");

/** Whether only this machine can reach what listens there. */
export function isLocal(host: string): boolean {
  const kind = isIP(host);
  return kind === 0 ? host.toLowerCase() === "localhost" : own.check(host, kind === 6 ? "ipv6" : "ipv4");
}

/** Whether it stands for all addresses of the machine. */
export const isEverywhere = (host: string): boolean => host === "0.0.0.0" || /^[0:]*:[0:]*$/.test(host);
