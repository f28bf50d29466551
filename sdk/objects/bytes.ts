import { VsphereError } from "../errors.ts";
import type { MachineBytes, Place, SharingFigures } from "../transport/transport.ts";
import type { VirtualMachine } from "./virtual-machine.ts";

/**
 * The bytes of a simulated machine's memory, or of one of its disks, as its guest sees them. A real vCenter does not hand them
 * out: there every method throws `NotSupported`.
 */
export class Bytes {
  readonly #vm: VirtualMachine;
  readonly #place: Place;

  constructor(vm: VirtualMachine, place: Place) {
    this.#vm = vm;
    this.#place = place;
  }

  /**
   * Reads bytes. What was never written is zero.
   *
   * @throws VsphereError `InvalidArgument` beyond the end, `InvalidPowerState` for the memory of a machine that is off.
   */
  read(address: number, length: number): Promise<Uint8Array> {
    return this.#simulator().read(this.#vm.ref, this.#place, address, length);
  }

  /** Writes bytes. Pages of 4 KiB that change and were shared until now become this machine's own; no other machine sees it. */
  write(address: number, bytes: Uint8Array): Promise<void> {
    return this.#simulator().write(this.#vm.ref, this.#place, address, bytes);
  }

  /** What is shared and what is this machine's own, exact to the byte. */
  figures(): Promise<SharingFigures> {
    return this.#simulator().figures(this.#vm.ref, this.#place);
  }

  #simulator() {
    return simulatorOf(this.#vm);
  }
}

/** What only a simulated vCenter has. Throws a VsphereError on others. */
export function simulatorOf(vm: VirtualMachine): MachineBytes {
  const { bytes } = vm.session.transport;
  if (bytes) return bytes;
  throw new VsphereError("NotSupported", "Only a simulated vCenter gives out the bytes of its machines.");
}
