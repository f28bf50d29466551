import { over } from "../../machine/extra-config.ts";
import { hideGuest, showGuest } from "../../machine/guest.ts";
import { powerOff, reset } from "../../machine/power.ts";
import type { Draft } from "../../state/draft.ts";
import type { GuestProgram, GuestPrograms, GuestRecord } from "../../state/guest-record.ts";
import type { MachineRecord } from "../../state/machine-record.ts";
import { record } from "../../state/view.ts";
import { keepGuestPages } from "../files/guest-files.ts";
import { mainAddress } from "../identity/network.ts";
import { settleProcesses } from "../memory/processes.ts";
import { firstPid } from "./first-pid.ts";
import type { GuestSession } from "./guest-session.ts";
import type { Outcome } from "./guest-shell.ts";
import { ended } from "./programs.ts";

/** The guest itself does it. */
const guest = { user: "", chain: 0 };

/** What a program has done until it stopped or ended becomes true, all of it at once. */
export function commit(
  tx: Draft,
  session: GuestSession,
  outcome: Outcome,
  pages: Iterable<readonly [page: number, bytes: Uint8Array]>,
): void {
  const { id } = session.machine;
  keepGuestPages(tx, id, pages);
  const before = record(tx, "VirtualMachine", id);
  const after: MachineRecord = {
    ...before,
    frozen: !outcome.ended && outcome.why.why === "freeze",
    extraConfig: over(before.extraConfig, session.written.size > 0 ? Object.fromEntries(session.written) : undefined),
    guest: guestAfter(tx, before.guest, session, outcome),
  };
  hideGuest(tx, before);
  tx.put(after);
  showGuest(tx, after);
  settleProcesses(tx, after, session.program.pid);
  if (session.power === "off") powerOff(tx, guest, after);
  if (session.power === "reset") reset(tx, guest, after);
}

function guestAfter(tx: Draft, before: GuestRecord, session: GuestSession, outcome: Outcome): GuestRecord {
  const { changedNetwork: net, hostName, killed, program } = session;
  const identity = { ...before, hostName };
  const told: GuestRecord = net ? { ...identity, net, ipAddress: mainAddress(net), cards: undefined } : identity;
  const list = (before.programs?.list ?? []).flatMap((known): GuestProgram[] => {
    if (known.pid === program.pid) return programAfter(tx.now, known, outcome);
    return known.script !== undefined && killed.has(known.pid) ? [ended(known, tx.now, 128 + 15)] : [known];
  });
  const next = before.programs?.next ?? firstPid;
  const programs: GuestPrograms | undefined = list.length === 0 && next === firstPid ? undefined : { list, next };
  return { ...told, programs };
}

function programAfter(now: number, program: GuestProgram, outcome: Outcome): GuestProgram[] {
  if (!outcome.ended) {
    const { why, script } = outcome;
    // A clock that was advanced by more than that is caught up with.
    const from = Math.min(program.script?.wakes ?? now, now);
    const wakes = why.why === "sleep" && why.ms > 0 ? from + why.ms : undefined;
    return [{ ...program, script: { ...script, wakes } }];
  }
  return program.pid < firstPid ? [] : [ended(program, now, outcome.exitCode)];
}
