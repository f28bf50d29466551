import type { GuestPrograms } from "../../state/guest-record.ts";
import { firstPid } from "./first-pid.ts";

/** The programs of a guest that froze in a script of which this is left. */
export const frozenIn = (text: string, started: number): GuestPrograms => ({
  list: [
    {
      pid: 655,
      name: "instant-clone.sh",
      commandLine: "/bin/bash /usr/local/sbin/instant-clone.sh",
      owner: "root",
      started,
      ended: undefined,
      exitCode: undefined,
      script: { text, place: [], shell: "", status: 0, wakes: undefined, uid: 0, draws: 0 },
    },
  ],
  next: firstPid,
});
