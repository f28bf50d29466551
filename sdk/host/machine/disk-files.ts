import type { Draft } from "../state/draft.ts";
import type { DiskLayer, MachineRecord } from "../state/machine-record.ts";
import { fileMade } from "../storage/directory.ts";
import { layerBytes } from "../storage/files.ts";
import { baseLayer, deltaOn } from "../storage/layers.ts";
import { baseNameOf } from "../storage/path.ts";
import { takeSpace } from "../storage/space.ts";
import { directoryOn, pathsIn } from "./directories.ts";
import type { DiskFormat } from "./disk-target.ts";

/** Makes disk files for one machine, each in the machine's directory on its datastore and under a name that nobody has. */
export class DiskFiles {
  readonly #tx: Draft;
  readonly #machine: MachineRecord;
  readonly #directories = new Map<number, string>();
  readonly #taken = new Map<number, Set<string>>();
  /** The number of the delta that was made last. */
  deltas: number;

  constructor(tx: Draft, machine: MachineRecord, deltas = machine.deltas) {
    this.#tx = tx;
    this.#machine = machine;
    this.deltas = deltas;
  }

  /** A file that stands for itself: `vm/vm.vmdk`, `vm/vm_1.vmdk`, ... */
  base(datastore: number, bytes: number, { thin, eager }: DiskFormat): DiskLayer {
    const layer = baseLayer(datastore, `${this.#freeStem(datastore)}.vmdk`, thin ? 0 : bytes);
    return this.#made(eager && !thin ? { ...layer, eager } : layer);
  }

  /** An empty file above another, whose reference it takes over: `vm/vm-000001.vmdk`. */
  delta(datastore: number, parent: DiskLayer): DiskLayer {
    const directory = this.#directory(datastore);
    const own = parent.datastore === datastore && parent.path.startsWith(`${directory}/`);
    const stem = own ? stemOf(parent.path) : this.#freeStem(datastore);
    const number = own ? this.deltas + 1 : 1;
    this.deltas = Math.max(this.deltas, number);
    return this.#made(deltaOn(parent, datastore, `${stem}-${String(number).padStart(6, "0")}.vmdk`));
  }

  #made(layer: DiskLayer): DiskLayer {
    this.#taken.get(layer.datastore)?.add(layer.path);
    takeSpace(this.#tx, layer.datastore, layerBytes(layer), layer.path);
    fileMade(this.#tx, layer.datastore, layer.path);
    return layer;
  }

  #freeStem(datastore: number): string {
    const directory = this.#directory(datastore);
    const stems = new Set([...(this.#taken.get(datastore) ?? [])].map(stemOf));
    const first = `${directory}/${baseNameOf(directory)}`;
    let stem = first;
    for (let n = 1; stems.has(stem); n++) stem = `${first}_${n}`;
    return stem;
  }

  #directory(datastore: number): string {
    let directory = this.#directories.get(datastore);
    if (directory === undefined) {
      directory = directoryOn(this.#tx, this.#machine, datastore);
      this.#directories.set(datastore, directory);
      this.#taken.set(datastore, new Set(pathsIn(this.#tx, this.#machine, datastore, directory)));
    }
    return directory;
  }
}

const stemOf = (path: string) => path.replace(/(-\d{6,})?\.vmdk$/, "");
