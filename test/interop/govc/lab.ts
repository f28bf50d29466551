import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, type Session } from "fargo";
import { type Host, type HostOptions, type Listening, startHost } from "fargo/host";
import { peer } from "../peers.ts";

const user = "administrator@vsphere.local";
const password = "Interop1!";

/** How a command of govc ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A served vCenter, govc that talks to it, and the SDK that talks to the same host without a socket. */
export interface Lab extends AsyncDisposable {
  readonly host: Host;
  readonly vc: Session;
  readonly listening: Listening;
  /** A directory of its own, gone in the end: where govc runs. */
  readonly directory: string;
  run(args: readonly string[], options?: RunOptions): Promise<Ended>;
  /** What a command prints, without progress that was overwritten. Throws when it fails. */
  govc(...args: string[]): Promise<string>;
  json(...args: string[]): Promise<unknown>;
  /** What a command that must fail says. */
  refused(...args: string[]): Promise<string>;
}

export async function startLab(options: HostOptions = { inventory: {} }): Promise<Lab> {
  const program = peer("govc");
  if (!program) throw new Error("there is no govc");
  const users = [{ name: user, password, groups: ["Administrators@vsphere.local"] }];
  const host = await startHost({ ...options, users: options.users ?? users });
  const listening = await host.listen();
  const vc = await connect(host);
  const directory = mkdtempSync(join(tmpdir(), "fargo-govc-"));
  const certificate = join(directory, "ca.pem");
  writeFileSync(certificate, listening.certificate ?? "");
  const env = {
    PATH: process.env.PATH ?? "",
    TZ: "UTC",
    GOVC_URL: listening.url,
    GOVC_USERNAME: user,
    GOVC_PASSWORD: password,
    GOVC_TLS_CA_CERTS: certificate,
    GOVC_GUEST_LOGIN: "root:fargo",
    GOVMOMI_HOME: join(directory, "home"),
  };
  const run = (args: readonly string[], { input = "", env: more = {} }: RunOptions = {}) =>
    new Promise<Ended>((resolve) => {
      const settings = { env: { ...env, ...more }, cwd: directory, maxBuffer: 2 ** 26, timeout: 60_000 };
      const child = execFile(program, args, settings, (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
        resolve({ code, stdout: withoutProgress(stdout), stderr: withoutProgress(stderr) });
      });
      child.stdin?.end(input);
    });
  const govc = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await run(args);
    if (code !== 0) throw new Error(`govc ${args.join(" ")} ended with ${code}:\n${stdout}${stderr}`);
    return stdout;
  };
  return {
    host,
    vc,
    listening,
    directory,
    run,
    govc,
    json: async (...args) => JSON.parse(await govc(args[0] ?? "", "-json", ...args.slice(1))),
    refused: async (...args) => {
      const { code, stdout, stderr } = await run(args);
      if (code === 0) throw new Error(`govc ${args.join(" ")} was not refused:\n${stdout}`);
      return stderr.replace(/^.*?govc: /, "").trim();
    },
    [Symbol.asyncDispose]: async () => {
      await listening.close();
      await vc.close();
      host.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Progress is written over itself, each time with the time of day: what stands there in the end counts. */
const withoutProgress = (text: string): string =>
  text
    .split("\n")
    .map((line) => line.slice(line.lastIndexOf("\r") + 1))
    .map((line) => line.replace(/^\u001b\[K/, "").replace(/^\[\d\d-\d\d-\d\d \d\d:\d\d:\d\d\] /, ""))
    .join("\n");

/** Lines of a text, without the last empty one. */
export const linesOf = (text: string): string[] => text.replace(/\n$/, "").split("\n");

/** The values of `Name:  value` lines, by name. */
export function fieldsOf(text: string): Record<string, string> {
  const pairs = linesOf(text).map((line) => /^\s*([^:]+):\s*(.*?)\s*$/.exec(line));
  return Object.fromEntries(pairs.flatMap((pair) => (pair ? [[pair[1] ?? "", pair[2] ?? ""]] : [])));
}
