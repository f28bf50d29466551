import type { ExecResult } from "just-bash";
import type { GuestSession } from "../guest-session.ts";
import { complain, done, say } from "../output.ts";
import { textIn, writeText } from "./text-files.ts";

const valid = /^[a-z0-9_](?:[a-z0-9._-]{0,251}[a-z0-9_])?$/i;

export function hostname(session: GuestSession, args: string[]): ExecResult {
  const [option, file] = args;
  const name = session.hostName ?? "localhost";
  if (option === undefined) return say(`${name}\n`);
  if (option === "-s" || option === "--short") return say(`${name.split(".")[0]}\n`);
  if (option === "-f" || option === "--fqdn" || option === "-A") return say(`${name}\n`);
  if (option === "-d") return say(`${name.split(".").slice(1).join(".")}\n`);
  if (option === "-I" || option === "-i") return say(`${addresses(session).join(" ")} \n`);
  if (option === "-F" && file !== undefined) return setName(session, textIn(session.files, file).trim(), "hostname");
  return setName(session, option, "hostname");
}

const addresses = ({ network }: GuestSession): string[] =>
  network.interfaces
    .filter(({ up }) => up)
    .flatMap(({ addresses }) => addresses.map((address) => address.split("/")[0] ?? ""));

export function hostnamectl(session: GuestSession, args: string[]): ExecResult {
  const [verb = "status", name] = args.filter((arg) => !arg.startsWith("--"));
  if ((verb === "set-hostname" || verb === "hostname") && name !== undefined) {
    const set = setName(session, name, "hostnamectl");
    if (set.exitCode === 0) writeText(session.files, "/etc/hostname", `${name}\n`);
    return set;
  }
  if (verb === "hostname") return say(`${session.hostName ?? "localhost"}\n`);
  if (verb !== "status") return complain(`Unknown command verb ${verb}.`);
  return say(
    ` Static hostname: ${session.hostName ?? "localhost"}\n  Virtualization: vmware\nOperating System: ${session.machine.base.guestFullName}\n`,
  );
}

function setName(session: GuestSession, name: string, command: string): ExecResult {
  if (!valid.test(name)) return complain(`${command}: the specified hostname is invalid`);
  session.hostName = name;
  return done();
}
