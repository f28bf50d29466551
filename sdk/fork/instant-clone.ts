import { type Reference, referenceOf } from "../objects/managed-object.ts";
import type { ProgressOptions } from "../progress.ts";
import type { vim } from "../vim/index.ts";

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
}

/** The specification that `InstantClone_Task` takes. */
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
