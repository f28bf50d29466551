import type { Handlers } from "../call.ts";
import { fault } from "../faults.ts";
import { type Asked, readInGuest } from "../guest/operations/in-guest.ts";

/** Sessions in a guest are for Windows: they are begun by SSPI, an exchange of tickets that Linux does not know. */
const onlyWindows = (what: string) =>
  fault(
    "OperationNotSupportedByGuest",
    {},
    `${what} is for Windows guests, by SSPI; with others, give NamePasswordAuthentication to each call.`,
  );

export const guestAuthManager: Handlers<"GuestAuthManager"> = {
  ValidateCredentialsInGuest: ({ core }, asked) => readInGuest(core, asked, "ValidateCredentialsInGuest", () => {}),

  AcquireCredentialsInGuest({ core }, { vm, requestedAuth }) {
    const asked: Asked = { vm, auth: requestedAuth };
    return readInGuest(core, asked, "AcquireCredentialsInGuest", () => {
      throw onlyWindows("AcquireCredentialsInGuest");
    });
  },

  ReleaseCredentialsInGuest: ({ core }, asked) =>
    readInGuest(core, asked, "ReleaseCredentialsInGuest", () => {
      throw onlyWindows("ReleaseCredentialsInGuest");
    }),
};
