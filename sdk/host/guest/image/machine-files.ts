/** What tells a machine that was made from the image from others that were. */
export interface MachineIdentity {
  readonly hostName: string;
  /** An IPv4 address that is its own; without, it asks the network for one. */
  readonly ipAddress: string | undefined;
  /** 32 hexadecimal digits. */
  readonly machineId: string;
}

/** The files of the image that hold it, by path. Each of them fits into one block. */
export function machineFiles({ hostName, ipAddress, machineId }: MachineIdentity): Readonly<Record<string, string>> {
  const [short = hostName] = hostName.split(".");
  const names = short === hostName ? hostName : `${hostName} ${short}`;
  return {
    "/etc/hostname": `${hostName}\n`,
    "/etc/hosts": `127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n${ipAddress ?? "127.0.1.1"}\t${names}\n`,
    "/etc/machine-id": `${machineId}\n`,
    "/etc/systemd/network/10-first.network": networkFile(ipAddress),
  };
}

function networkFile(address: string | undefined): string {
  const match = "[Match]\nName=en* eth*\n\n[Network]\n";
  if (address === undefined || !/^\d+\.\d+\.\d+\.\d+$/.test(address)) return `${match}DHCP=yes\nIPv6AcceptRA=no\n`;
  const gateway = address.replace(/\d+$/, "1");
  return `${match}Address=${address}/24\nGateway=${gateway}\nDNS=${gateway}\nDomains=lab.local\n`;
}
