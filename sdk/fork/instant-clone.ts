import { type Reference, referenceOf } from "../objects/managed-object.ts";
import type { ProgressOptions } from "../progress.ts";
import type { vim } from "../vim/index.ts";
import type { ForkNetwork } from "./network.ts";
import type { OnWarning } from "./warning.ts";

/** How to make a fork of a running machine. What is left out is as in the source. */
export interface InstantCloneOptions extends ProgressOptions {
  /** The fork's name, which its folder must not have yet. */
  readonly name: string;
  /** Settings that the guest reads with `vmware-rpctool "info-get guestinfo..."`; any extraConfig key is allowed. */
  readonly guestInfo?: Readonly<Record<string, string>> | undefined;
  readonly folder?: Reference<"Folder"> | undefined;
  readonly resourcePool?: Reference<"ResourcePool"> | undefined;
  readonly datastore?: Reference<"Datastore"> | undefined;
  /** 8-4-4-4-12 hexadecimal digits. Default: a new one. */
  readonly biosUuid?: string | undefined;
  /** Edits of network cards and of file-backed ports; vSphere allows no others here. */
  readonly deviceChange?: readonly vim.VirtualDeviceConfigSpec[] | undefined;
  /** What becomes of its network cards. Default: `reconnect`. */
  readonly network?: ForkNetwork | undefined;
  /**
   * With `reconnect`: how many milliseconds the guest has to take another address than its source's. Default: 60,000 for a source
   * that froze itself, whose forks go on with a script that does it; 0 for one that was running, which knows of nothing.
   */
  readonly identityTimeout?: number | undefined;
  /** Hears of what did not fail and yet is not as one may think. Default: Node's warnings, on standard error. */
  readonly onWarning?: OnWarning | undefined;
}

/** The specification that `InstantClone_Task` takes. `network` is no part of it: by itself it leaves the cards as the source's are. */
export function instantCloneSpec(
  options: Omit<InstantCloneOptions, "signal" | "onProgress">,
): vim.VirtualMachineInstantCloneSpec {
  const { name, guestInfo, folder, resourcePool, datastore, biosUuid, deviceChange } = options;
  const config = Object.entries(guestInfo ?? {}).map(([key, value]): vim.OptionValue => ({ key, value }));
  return {
    name,
    location: {
      ...(folder === undefined ? {} : { folder: referenceOf(folder) }),
      ...(resourcePool === undefined ? {} : { pool: referenceOf(resourcePool) }),
      ...(datastore === undefined ? {} : { datastore: referenceOf(datastore) }),
      ...(deviceChange === undefined ? {} : { deviceChange }),
    },
    ...(config.length === 0 ? {} : { config }),
    ...(biosUuid === undefined ? {} : { biosUuid }),
  };
}
