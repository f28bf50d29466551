import { ref } from "./caller.ts";
import { RestError } from "./error.ts";
import { guestOs } from "./guest-os.ts";
import type { Route } from "./route.ts";

const families: Readonly<Record<string, string>> = {
  linuxGuest: "LINUX",
  windowsGuest: "WINDOWS",
  darwinGuestFamily: "DARWIN",
  solarisGuest: "SOLARIS",
  netwareGuest: "NETWARE",
};

export const guestRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/vcenter/vm/{vm}/guest/identity",
    run(caller, { vm = "" }) {
      const guest = caller.fetch(ref("VirtualMachine", vm), "guest");
      if (guest?.toolsRunningStatus !== "guestToolsRunning") {
        throw new RestError("SERVICE_UNAVAILABLE", "VMware Tools do not run in the guest: it does not say who it is.");
      }
      const fullName = guest.guestFullName ?? "";
      return {
        full_name: { args: [], default_message: fullName, id: "vmsg.guestos.name" },
        name: guestOs(guest.guestId ?? "otherGuest"),
        ...(guest.ipAddress === undefined ? {} : { ip_address: guest.ipAddress }),
        family: families[guest.guestFamily ?? ""] ?? "OTHER",
        host_name: guest.hostName ?? "",
      };
    },
  },
];
