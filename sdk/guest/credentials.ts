import { VsphereError } from "../errors.ts";
import type { vim } from "../vim/index.ts";

/** An account of a guest's own: not one of vCenter's. */
export interface GuestCredentials {
  readonly user: string;
  readonly password: string;
}

/** Credentials as they travel. Throws `InvalidArgument` when nobody gave any. */
export function guestAuth(credentials: GuestCredentials | undefined): vim.NamePasswordAuthentication {
  if (!credentials) {
    throw new VsphereError(
      "InvalidArgument",
      "Which account of the guest? Give connect(..., { guest: { user, password } }), or vm.guest.as({ user, password }).",
    );
  }
  return {
    _typeName: "NamePasswordAuthentication",
    interactiveSession: false,
    username: credentials.user,
    password: credentials.password,
  };
}
