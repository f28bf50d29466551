import type { MachineRecord } from "../state/machine-record.ts";

/** `config.changeVersion`: a moment that moves on with every change of the configuration, in microseconds as vSphere writes it. */
export function changeVersion({ created, changes }: Pick<MachineRecord, "created" | "changes">): string {
  const ms = created + Math.floor(changes / 1000);
  return new Date(ms).toISOString().replace("Z", `${String(changes % 1000).padStart(3, "0")}Z`);
}
