import type { ExecResult } from "just-bash";
import { linesOf } from "../../operations/account.ts";
import type { GuestSession } from "../guest-session.ts";
import { complain, done, say } from "../output.ts";
import { programsRunning } from "../processes.ts";
import { kernel } from "../virtual-files.ts";

export function uname(session: GuestSession, args: string[]): ExecResult {
  const name = session.hostName ?? "localhost";
  const all: readonly (readonly [option: string, text: string])[] = [
    ["s", "Linux"],
    ["n", name],
    ["r", kernel],
    ["v", "#1-photon SMP"],
    ["m", "x86_64"],
    ["o", "GNU/Linux"],
  ];
  const letters = args.filter((arg) => /^-[a-z]+$/.test(arg)).flatMap((arg) => [...arg.slice(1)]);
  const wanted = letters.includes("a")
    ? all
    : letters.length === 0
      ? all.slice(0, 1)
      : all.filter(([option]) => letters.includes(option));
  return say(`${wanted.map(([, text]) => text).join(" ")}\n`);
}

const uidOf = ({ program }: GuestSession): number => program.script?.uid ?? 0;

export function whoami(session: GuestSession): ExecResult {
  return say(`${nameOf(session, uidOf(session))}\n`);
}

function nameOf({ files }: GuestSession, uid: number): string {
  return (
    linesOf(files, "/etc/passwd", 7).find(([, , id]) => Number(id) === uid)?.[0] ?? (uid === 0 ? "root" : String(uid))
  );
}

export function id(session: GuestSession, args: string[]): ExecResult {
  const uid = uidOf(session);
  const name = nameOf(session, uid);
  if (args.includes("-un") || (args.includes("-u") && args.includes("-n"))) return say(`${name}\n`);
  if (args.includes("-u") || args.includes("-g")) return say(`${uid}\n`);
  return say(`uid=${uid}(${name}) gid=${uid}(${name}) groups=${uid}(${name})\n`);
}

export function umask(session: GuestSession, [mask]: string[]): ExecResult {
  if (mask === undefined) return say(`${session.umask.toString(8).padStart(4, "0")}\n`);
  if (!/^[0-7]{1,4}$/.test(mask)) return complain(`bash: umask: ${mask}: octal number out of range`);
  session.umask = Number.parseInt(mask, 8) & 0o777;
  return done();
}

/** `chown -R root:root /data`. */
export function chown(session: GuestSession, args: string[]): ExecResult {
  const [owner = "", ...paths] = args.filter((arg) => !arg.startsWith("-"));
  const [user = "", group] = owner.split(/[:.]/);
  const uid = user === "" ? undefined : numberOf(session, "/etc/passwd", user);
  const gid = group === undefined || group === "" ? undefined : numberOf(session, "/etc/group", group);
  if (Number.isNaN(uid) || Number.isNaN(gid)) return complain(`chown: invalid user: '${owner}'`);
  const missing = paths.find((path) => !session.files.exists(path));
  if (missing !== undefined) return complain(`chown: cannot access '${missing}': No such file or directory`);
  for (const path of paths) own(session, path, uid, gid, args.includes("-R"));
  return done();
}

function own(
  session: GuestSession,
  path: string,
  uid: number | undefined,
  gid: number | undefined,
  recursive: boolean,
): void {
  const { files } = session;
  const known = files.stat(path);
  files.setOwner(path, uid ?? known.uid, gid ?? known.gid);
  if (!recursive || known.type !== "directory") return;
  for (const name of files.readDirectory(path)) own(session, `${path}/${name}`, uid, gid, true);
}

function numberOf({ files }: GuestSession, path: string, name: string): number {
  return /^\d+$/.test(name)
    ? Number(name)
    : Number(linesOf(files, path, 3).find(([known]) => known === name)?.[2] ?? Number.NaN);
}

export function ps(session: GuestSession, args: string[]): ExecResult {
  const all = programsRunning(session);
  if (args.some((arg) => arg.includes("u")))
    return say(
      `USER         PID COMMAND\n${all.map(({ owner, pid, commandLine }) => `${owner.padEnd(8)} ${String(pid).padStart(7)} ${commandLine}\n`).join("")}`,
    );
  if (args.some((arg) => arg.includes("f")))
    return say(
      `UID          PID    PPID CMD\n${all.map(({ owner, pid, parent, commandLine }) => `${owner.padEnd(8)} ${String(pid).padStart(7)} ${String(parent).padStart(7)} ${commandLine}\n`).join("")}`,
    );
  return say(
    `    PID TTY          TIME CMD\n${all.map(({ pid, name }) => `${String(pid).padStart(7)} ?        00:00:00 ${name}\n`).join("")}`,
  );
}

export function kill(session: GuestSession, args: string[]): ExecResult {
  const [signal] = args.filter((arg) => arg.startsWith("-"));
  if (signal === "-l") return say("HUP INT QUIT KILL TERM\n");
  const pids = args.filter((arg) => !arg.startsWith("-"));
  const running = programsRunning(session);
  const missing = pids.find((pid) => !running.some((program) => program.pid === Number(pid)));
  if (missing !== undefined) return complain(`bash: kill: (${missing}) - No such process`);
  if (signal === "-0") return done();
  for (const pid of pids) session.killed.add(Number(pid));
  return done();
}

/** `pgrep`, `pidof` tell numbers of programs; `pkill`, `killall` end them. */
export function byName(session: GuestSession, args: string[], ends: boolean): ExecResult {
  const names = args.filter((arg) => !arg.startsWith("-"));
  const found = programsRunning(session).filter(({ name }) => names.includes(name));
  if (found.length === 0) return done(1);
  if (!ends) return say(`${found.map(({ pid }) => pid).join("\n")}\n`);
  for (const { pid } of found) session.killed.add(pid);
  return done();
}

export function dmesg({ machine, network }: GuestSession): ExecResult {
  const cards = network.interfaces.filter(({ present }) => present);
  return say(
    [
      `Linux version ${kernel}`,
      "Hypervisor detected: VMware",
      `Memory: ${machine.base.memoryMB * 1024}K available`,
      ...cards.map(({ name, mac }) => `vmxnet3: ${name}: NIC Link is Up, ${mac}`),
    ]
      .map((line, i) => `[${i.toFixed(6).padStart(12)}] ${line}\n`)
      .join(""),
  );
}

/** A new number for the guest in `/etc/machine-id`. */
export function machineId(session: GuestSession): ExecResult {
  const text = Array.from({ length: 4 }, () => session.draw().toString(16).padStart(8, "0")).join("");
  session.files.writeFile("/etc/machine-id", new TextEncoder().encode(`${text}\n`));
  return done();
}
