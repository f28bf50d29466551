import type { GuestScript } from "../../state/guest-record.ts";
import type { ProgramSpec } from "./programs.ts";
import { quoted } from "./quote.ts";

/** What a guest's shell is given to do for a program: its command line, in the directory and with the variables asked for. */
export function programText(spec: ProgramSpec, commandLine: string): GuestScript {
  const { user, workingDirectory = user.home, env = [] } = spec;
  const variables = [`HOME=${user.home}`, `USER=${user.name}`, `LOGNAME=${user.name}`, ...env].map((variable) => {
    const equals = variable.indexOf("=");
    return equals < 0 ? "" : `export ${variable.slice(0, equals)}=${quoted(variable.slice(equals + 1))}\n`;
  });
  return {
    text: commandLine,
    place: [],
    shell: `${variables.join("")}cd ${quoted(workingDirectory)}\n`,
    status: 0,
    wakes: undefined,
    uid: user.uid,
    draws: 0,
  };
}
