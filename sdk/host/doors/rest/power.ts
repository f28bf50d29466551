import { type Caller, ref } from "./caller.ts";
import { RestError } from "./error.ts";
import { powerStates } from "./machine-list.ts";
import type { Route } from "./route.ts";

const methods = {
  start: "PowerOnVM_Task",
  stop: "PowerOffVM_Task",
  suspend: "SuspendVM_Task",
  reset: "ResetVM_Task",
} as const;

const guestMethods = { shutdown: "ShutdownGuest", reboot: "RebootGuest", standby: "StandbyGuest" } as const;

/** `GET /vcenter/vm/{vm}/power`. */
function state(caller: Caller, vm: string): object {
  const { powerState, cleanPowerOff } = caller.fetch(ref("VirtualMachine", vm), "runtime");
  return {
    ...(powerState === "poweredOff" && cleanPowerOff !== undefined ? { clean_power_off: cleanPowerOff } : {}),
    state: powerStates[powerState],
  };
}

function guestState(caller: Caller, vm: string): object {
  const guest = caller.fetch(ref("VirtualMachine", vm), "guest");
  return {
    operations_ready: guest?.guestOperationsReady ?? false,
    state: guest?.guestState === "running" ? "RUNNING" : "NOT_RUNNING",
  };
}

/** What the guest itself does has no task: it has been told. */
async function tellGuest(caller: Caller, vm: string, method: string): Promise<void> {
  const self = ref("VirtualMachine", vm);
  const { powerState } = caller.fetch(self, "runtime");
  if (powerState !== "poweredOn") {
    throw new RestError(
      "NOT_ALLOWED_IN_CURRENT_STATE",
      `The virtual machine is ${powerStates[powerState]}: its guest does not run.`,
    );
  }
  await caller.call(self, method);
}

const change = (action: string, method: string): Route[] => {
  const run = async (caller: Caller, { vm = "" }: Readonly<Record<string, string>>) =>
    void (await caller.finish(ref("VirtualMachine", vm), method));
  return [
    { method: "POST", path: "/vcenter/vm/{vm}/power", only: "api", action, run },
    { method: "POST", path: `/vcenter/vm/{vm}/power/${action}`, only: "rest", run },
  ];
};

export const powerRoutes: readonly Route[] = [
  { method: "GET", path: "/vcenter/vm/{vm}/power", run: (caller, { vm = "" }) => state(caller, vm) },
  { method: "GET", path: "/vcenter/vm/{vm}/guest/power", run: (caller, { vm = "" }) => guestState(caller, vm) },
  ...Object.entries(methods).flatMap(([action, method]) => change(action, method)),
  ...Object.entries(guestMethods).map(
    ([action, method]): Route => ({
      method: "POST",
      path: "/vcenter/vm/{vm}/guest/power",
      action,
      run: (caller, { vm = "" }) => tellGuest(caller, vm, method),
    }),
  ),
];
