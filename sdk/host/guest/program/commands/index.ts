import type { GuestCommand } from "../guest-shell.ts";
import { done } from "../output.ts";
import { hostname, hostnamectl } from "./host-name.ts";
import { ifconfig } from "./ifconfig.ts";
import { ip } from "./ip.ts";
import { netplan } from "./netplan.ts";
import { nmcli } from "./nmcli.ts";
import { init, powerOff, reboot, shutdown } from "./power.ts";
import { dhclient, lsmod, modprobe, networkctl, rmmod, service, systemctl } from "./services.ts";
import { byName, chown, dmesg, id, kill, machineId, ps, umask, uname, whoami } from "./system.ts";
import { date, hwclock, sleep, timedatectl } from "./time.ts";
import { runToolsCommand } from "./tools.ts";

/** What does nothing that anybody could see here. `trap` is among them: what it is told to do at the end is not done. */
const silent = [
  "sync",
  "logger",
  "ldconfig",
  "udevadm",
  "depmod",
  "trap",
  "journalctl",
  "restorecon",
  "resolvectl",
  "ssh-keygen",
];

/** The commands of a guest that are about more than its files: what there is of others comes with the shell. */
export const commands: ReadonlyMap<string, GuestCommand> = new Map<string, GuestCommand>(
  Object.entries<GuestCommand>({
    "vmware-rpctool": (session, args) => runToolsCommand(session, args[0], false),
    vmtoolsd: (session, args) => runToolsCommand(session, args[args.indexOf("--cmd") + 1], false),
    hostname,
    hostnamectl,
    ip,
    ifconfig,
    nmcli,
    systemctl,
    service,
    networkctl,
    netplan,
    dhclient,
    modprobe,
    rmmod,
    lsmod,
    hwclock,
    timedatectl,
    date,
    sleep,
    ps,
    kill,
    pgrep: (session, args) => byName(session, args, false),
    pidof: (session, args) => byName(session, args, false),
    pkill: (session, args) => byName(session, args, true),
    killall: (session, args) => byName(session, args, true),
    uname,
    id,
    whoami,
    umask,
    chown,
    dmesg,
    shutdown,
    reboot,
    poweroff: powerOff,
    halt: powerOff,
    init,
    "systemd-machine-id-setup": machineId,
    sudo: async (_session, args, { exec, cwd }) =>
      exec ? exec(args.map((arg) => `'${arg.replaceAll("'", "'\\''")}'`).join(" "), { cwd }) : done(1),
    ...Object.fromEntries(silent.map((name): [string, GuestCommand] => [name, () => done()])),
  }),
);
