import type { vim } from "../../../vim/index.ts";
import { refOf } from "../../state/id.ts";
import type { MachineRecord } from "../../state/machine-record.ts";
import { escapeName } from "../../state/name.ts";
import type { SnapshotRecord } from "../../state/snapshot-record.ts";
import { linked, links, type Reader, through } from "../derivation.ts";
import type { Table } from "../table.ts";
import { iso } from "../values.ts";
import { config } from "./config.ts";

const recordOf = (id: number, reader: Reader): SnapshotRecord | undefined => {
  const found = reader.object(id);
  return found?.kind === "VirtualMachineSnapshot" ? found : undefined;
};

function trees(ids: readonly number[], machine: MachineRecord, reader: Reader): vim.VirtualMachineSnapshotTree[] {
  return ids.flatMap((id): vim.VirtualMachineSnapshotTree[] => {
    const record = recordOf(id, reader);
    if (!record) return [];
    const below = trees(record.below, machine, reader);
    return [
      {
        snapshot: refOf(record),
        vm: refOf(machine),
        name: escapeName(record.name),
        description: record.description,
        id: record.number,
        createTime: iso(record.created),
        state: record.machine.memory === 0 ? "poweredOff" : record.machine.power,
        quiesced: record.quiesced,
        ...(below.length > 0 ? { childSnapshotList: below } : {}),
        replaySupported: false,
      },
    ];
  });
}

/** A machine's snapshots as a tree; unset when it has none. */
export const snapshot = linked<MachineRecord, vim.VirtualMachineSnapshotInfo | undefined>(
  ["members"],
  (machine, reader) => {
    const { snapshots } = machine;
    if (!snapshots || snapshots.roots.length === 0) return undefined;
    const current = recordOf(snapshots.current, reader);
    const rootSnapshotList = trees(snapshots.roots, machine, reader);
    return current ? { currentSnapshot: refOf(current), rootSnapshotList } : { rootSnapshotList };
  },
);

export const virtualMachineSnapshot: Table<"VirtualMachineSnapshot", SnapshotRecord> = {
  config: through((record) => record.machine, config),
  childSnapshot: links((record) => record.below),
  vm: { kind: "links", one: true, ids: (record) => [record.parent] },
  value: () => [],
  availableField: () => [],
};
