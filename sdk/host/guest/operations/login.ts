import { vim } from "../../../vim/index.ts";
import { fault, invalidArgument, notSupported } from "../../faults.ts";
import type { GuestFiles } from "../files/guest-files.ts";
import { type Account, accountNamed, linesOf } from "./account.ts";
import { comparePassword } from "./password.ts";

/** Who asks, by the guest's own accounts. Throws InvalidGuestLogin; it says the same for an unknown name and a wrong password. */
export function login(files: GuestFiles, auth: vim.GuestAuthentication, machine: string): Account {
  if (!vim.is(auth, "NamePasswordAuthentication")) throw unsuited(auth);
  if (auth.interactiveSession) {
    throw fault(
      "GuestOperationsUnavailable",
      {},
      `Nobody sits at '${machine}': ask without interactiveSession (guest.interactiveGuestOperationsReady says so).`,
    );
  }
  const account = accountNamed(files, auth.username);
  const [, hash = "!"] = linesOf(files, "/etc/shadow", 2).find(([name]) => name === auth.username) ?? [];
  const found = comparePassword(hash, auth.password);
  if (account && found === "right") return account;
  const why =
    account && found === "unknown"
      ? `the hash of '${auth.username}' in /etc/shadow is none that can be checked ($6$ and $5$ are, up to 100,000 rounds)`
      : "wrong user name or password";
  throw fault("InvalidGuestLogin", {}, `Failed to authenticate with the guest of '${machine}': ${why}.`);
}

function unsuited(auth: vim.GuestAuthentication) {
  switch (auth._typeName) {
    case "SSPIAuthentication":
    case "TicketedSessionAuthentication":
      return fault(
        "OperationNotSupportedByGuest",
        {},
        `Linux guests do not know ${auth._typeName}: use NamePasswordAuthentication.`,
      );
    case "SAMLTokenAuthentication":
      return notSupported("Logging in to guests with SAML tokens (use NamePasswordAuthentication)");
    default:
      return invalidArgument("auth", "It must be a NamePasswordAuthentication.");
  }
}
