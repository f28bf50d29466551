import type { vim } from "../../vim/index.ts";
import type { HostRecord } from "../state/record.ts";

/** A network card of a host. */
export interface PhysicalCard {
  /** `vmnic0`. */
  readonly device: string;
  readonly mac: string;
  readonly pci: string;
}

const count = 4;
const byte = (value: number) => (value & 0xff).toString(16).padStart(2, "0");

/** The physical network cards of a host: four of them, two of which nothing uses on a new one. */
export const physicalCards = ({ id }: Pick<HostRecord, "id">): readonly PhysicalCard[] =>
  Array.from({ length: count }, (_, i) => ({
    device: `vmnic${i}`,
    // Locally administered, so that no real card has it.
    mac: `02:00:${byte(id >>> 16)}:${byte(id >>> 8)}:${byte(id)}:${byte(i)}`,
    pci: `0000:0${3 + i}:00.0`,
  }));

const speed: vim.PhysicalNicLinkInfo = Object.freeze({ speedMb: 10_000, duplex: true });

/** A physical card as it travels. */
export const physicalNic = ({ device, mac, pci }: PhysicalCard): vim.PhysicalNic => ({
  key: `key-vim.host.PhysicalNic-${device}`,
  device,
  pci,
  driver: "nsimulated",
  linkSpeed: speed,
  validLinkSpecification: [speed],
  spec: { ip: { dhcp: false, ipAddress: "", subnetMask: "" }, linkSpeed: speed },
  wakeOnLanSupported: false,
  mac,
  autoNegotiateSupported: true,
  resourcePoolSchedulerAllowed: true,
  vmDirectPathGen2Supported: false,
});
