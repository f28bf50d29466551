import type { Guest } from "../../sdk/index.ts";
import {
  type CommandContext,
  type Credential,
  type ParameterSpec,
  SecureString,
  toText,
  type Value,
} from "../language/index.ts";
import { machineOf } from "./act.ts";
import type { VIObject } from "./vi-object.ts";

/** Parameters of commands that do something inside a guest. */
export const guestParameters = {
  GuestUser: { type: "string", help: "The account of the guest. Default in the built-in vCenter: root." },
  GuestPassword: { type: "object", help: "Its password, as text or as a secure string." },
  GuestCredential: { type: "credential", help: "The account and its password, as Get-Credential gives them." },
  ToolsWaitSecs: {
    type: "int",
    range: [0, 86_400],
    help: "How many seconds to wait for VMware Tools. Default: not at all.",
  },
  HostUser: { type: "string", hidden: true, help: "Accepted for scripts that give it: hosts are not asked." },
  HostPassword: { type: "object", hidden: true, help: "Accepted for scripts that give it: hosts are not asked." },
  HostCredential: { type: "credential", hidden: true, help: "Accepted for scripts that give it: hosts are not asked." },
} as const satisfies Readonly<Record<string, ParameterSpec>>;

export interface GuestArguments {
  readonly GuestUser: string | undefined;
  readonly GuestPassword: Value | undefined;
  readonly GuestCredential: Credential | undefined;
  readonly ToolsWaitSecs: number | undefined;
}

/** The guest of a machine, as the account that a command was given, once its tools run. */
export async function guestOf(ctx: CommandContext<unknown>, vm: VIObject, given: GuestArguments): Promise<Guest> {
  const { GuestUser, GuestPassword, GuestCredential, ToolsWaitSecs = 0 } = given;
  const machine = await machineOf(vm);
  if (ToolsWaitSecs > 0) await waitForTools(ctx, vm, ToolsWaitSecs);
  if (GuestCredential)
    return machine.guest.as({ user: GuestCredential.userName, password: GuestCredential.password.reveal() });
  if (GuestUser === undefined) return machine.guest;
  const password = GuestPassword instanceof SecureString ? GuestPassword.reveal() : toText(GuestPassword ?? "");
  return machine.guest.as({ user: GuestUser, password });
}

/** Waits until VMware Tools run in a guest. False when the time is over first. */
export async function waitForTools(ctx: CommandContext<unknown>, vm: VIObject, seconds?: number): Promise<boolean> {
  const machine = await machineOf(vm);
  const late = seconds === undefined ? undefined : AbortSignal.timeout(seconds * 1000);
  const signal = late ? AbortSignal.any([ctx.signal, late]) : ctx.signal;
  try {
    for await (const { changes } of machine.session.watch([machine], ["guest.toolsRunningStatus"], { signal }))
      if (changes["guest.toolsRunningStatus"] === "guestToolsRunning") return true;
    return false;
  } catch (error) {
    ctx.signal.throwIfAborted();
    if (late?.aborted) return false;
    throw error;
  }
}
