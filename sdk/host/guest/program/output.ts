import type { ExecResult } from "just-bash";

export const done = (exitCode = 0): ExecResult => ({ stdout: "", stderr: "", exitCode });
export const say = (stdout: string): ExecResult => ({ stdout, stderr: "", exitCode: 0 });
export const complain = (stderr: string, exitCode = 1): ExecResult => ({ stdout: "", stderr: `${stderr}\n`, exitCode });
