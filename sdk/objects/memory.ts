import type { Workload } from "../transport/transport.ts";
import { Bytes, simulatorOf } from "./bytes.ts";
import type { VirtualMachine } from "./virtual-machine.ts";

/** A simulated machine's memory: its bytes, and what its guest does to them. */
export class Memory extends Bytes {
  readonly #vm: VirtualMachine;

  constructor(vm: VirtualMachine) {
    super(vm, { kind: "memory" });
    this.#vm = vm;
  }

  /**
   * Puts the guest to work: it touches pages at a given rate and locality for some seconds of the vCenter's clock, so that what it
   * shared becomes its own as it does in life. The same workload touches the same pages of the same machine every time. It takes the
   * place of the workload there is; forks of a machine at work go on with it, each in its own way.
   *
   * On the instant clock all of it is done when this returns; on a manual one it is done as the clock is advanced.
   *
   * @throws VsphereError `InvalidPowerState` when the machine is off, `InvalidState` when it is frozen, `InvalidArgument`.
   *
   * @example
   * const golden = await vc.find.virtualMachine("golden");
   * const desk = await golden.instantClone({ name: "desk-1" });
   * await desk.memory.work({ pagesPerSecond: 100, seconds: 10 });
   * const { private: own } = await desk.memory.figures();
   * console.log(own > 0); // true
   */
  async work(workload: Workload): Promise<void> {
    await simulatorOf(this.#vm).work(this.#vm.ref, workload);
  }
}
