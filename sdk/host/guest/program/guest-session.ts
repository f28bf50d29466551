import { nextTurn } from "../../clock.ts";
import { extraValue } from "../../machine/extra-config.ts";
import { generationId } from "../../machine/generation-id.ts";
import { mix } from "../../random.ts";
import type { GuestNetwork, GuestProgram } from "../../state/guest-record.ts";
import type { MachineRecord } from "../../state/machine-record.ts";
import type { View } from "../../state/view.ts";
import type { GuestFiles } from "../files/guest-files.ts";
import { networkOf } from "../identity/network.ts";
import { CachedFiles } from "./cached-files.ts";
import { usualUmask } from "./shell-state.ts";
import { nothingTold, type Told } from "./told.ts";

const salt = 0x1c0ffee5;

/** A guest while one of its programs runs: what the program has changed so far, on top of how the guest was. */
export class GuestSession {
  readonly machine: MachineRecord;
  readonly program: GuestProgram;
  readonly files: CachedFiles;
  readonly seed: number;
  /** Milliseconds since the epoch: the clock stands still between two stops of a program. */
  readonly now: number;
  readonly told: Told = nothingTold();
  hostName: string | undefined;
  /** extraConfig that it has written. */
  readonly written = new Map<string, string>();
  /** Programs that it has ended. */
  readonly killed = new Set<number>();
  power: "off" | "reset" | undefined;
  umask = usualUmask;
  draws: number;
  #network: GuestNetwork | undefined;

  readonly #long: () => void;

  constructor(view: View, machine: MachineRecord, program: GuestProgram, files: GuestFiles, long: () => void) {
    this.#long = long;
    this.machine = machine;
    this.program = program;
    this.files = new CachedFiles(files);
    this.seed = view.seed;
    this.now = view.now;
    this.hostName = machine.guest.hostName;
    this.draws = program.script?.draws ?? 0;
  }

  /** Lets everybody else have their turn: it takes long. */
  async turn(): Promise<void> {
    this.#long();
    await nextTurn();
  }

  get network(): GuestNetwork {
    return this.#network ?? networkOf(this.machine);
  }
  set network(network: GuestNetwork) {
    this.#network = network;
  }
  /** Its network, if the program has changed it. */
  get changedNetwork(): GuestNetwork | undefined {
    return this.#network;
  }

  /** A value that the host and the guest tell each other, undefined where there is none. */
  info(key: string): string | undefined {
    const own = this.written.get(key);
    return own === undefined ? extraValue(this.machine, key) : own || undefined;
  }

  /** 32 bits of chance: different in every fork, and the same in every host with this seed. */
  draw(): number {
    return mix(this.seed ^ salt, this.machine.id, this.program.pid, this.draws++);
  }

  /** What changes with every fork: guests that see another value know that they are copies, and reseed what they draw from. */
  get generation(): string {
    return generationId(this, this.machine);
  }

  /** A variable that the shell would take from the real clock, or from real chance. */
  special(name: string): string {
    switch (name) {
      case "RANDOM":
        return String(this.draw() & 0x7fff);
      case "SRANDOM":
        return String(this.draw());
      case "SECONDS":
        return String(Math.max(0, Math.floor((this.now - this.program.started) / 1000)));
      case "EPOCHSECONDS":
        return String(Math.floor(this.now / 1000));
      case "EPOCHREALTIME":
        return (this.now / 1000).toFixed(6);
      default:
        return "";
    }
  }
}
