import manifest from "../../package.json" with { type: "json" };
import type { HostOptions, ListenOptions } from "../../sdk/host/index.ts";
import { exitCodes, UsageError } from "../exit.ts";
import { coloursFor } from "../render/colour.ts";
import { parseAddress } from "./address.ts";
import { type Ending, watchForEnd } from "./ending.ts";
import { failed } from "./failure.ts";
import { isLocal } from "./local.ts";
import { outlivesReaders, print } from "./output.ts";
import { secretOf } from "./secret-file.ts";
import { writeVariables } from "./variables.ts";
import { delaysOf } from "./vcsim-delay.ts";
import { readVcsimArguments, type VcsimFlags, vcsimHelp } from "./vcsim-flags.ts";
import { vcsimEsxInventory, vcsimInventory } from "./vcsim-inventory.ts";
import { watching } from "./watch.ts";

const program = "fargo vcsim";

/** Runs `fargo vcsim` until somebody ends it, and answers the program's exit code. */
export async function runVcsim(argv: readonly string[]): Promise<number> {
  try {
    const read = readVcsimArguments(argv);
    if (read.kind === "run") return await simulate(read.flags);
    if (read.kind === "uuidgen") {
      const { randomUUID } = await import("node:crypto");
      await print(`${randomUUID()}\n`);
    } else await print(read.kind === "help" ? vcsimHelp() : `Build Version: ${manifest.version}\n`);
    return exitCodes.ok;
  } catch (error) {
    return failed(program, error);
  }
}

async function simulate(flags: VcsimFlags): Promise<number> {
  const ending = watchForEnd();
  outlivesReaders();
  // Go takes a port alone for all addresses of the machine
  const at = parseAddress(flags.l, "-l", "0.0.0.0");
  const account = accountOf(flags);
  if (account === undefined && !isLocal(at.host)) {
    throw new UsageError(`others can reach ${at.host}: give -username and -password, or listen at 127.0.0.1 with -l`);
  }
  const delays = delaysOf(flags);
  const tls = await tlsOf(flags);
  const { openTrace } = await import("./trace.ts");
  const trace = flags.trace || flags["trace-file"] !== "" ? openTrace(flags["trace-file"]) : undefined;
  const { start } = await import("./start.ts");
  const hostOptions: HostOptions = {
    inventory: flags.esx ? vcsimEsxInventory(flags) : vcsimInventory(flags),
    ...(flags.esx ? { flavour: "esx" as const } : {}),
    ...(account === undefined ? {} : { users: [account] }),
    ...(flags["api-version"] === "" ? {} : { apiVersion: flags["api-version"] }),
    ...(delays.tasks === undefined ? {} : { clock: "real" as const, taskTimes: delays.tasks }),
  };
  const served = await start(
    hostOptions,
    at,
    {
      tls,
      anyAccount: account === undefined,
      log: watching(false, coloursFor(process.stderr), (text) => void process.stderr.write(text)),
      ...(delays.call === undefined ? {} : { delay: delays.call }),
      ...(trace === undefined ? {} : { trace: trace.write }),
    },
    "the inventory",
  );
  const url = new URL(served.url);
  const { openTunnel } = await import("./tunnel.ts");
  const tunnel = flags.tunnel < 0 ? undefined : await openTunnel(at.host, flags.tunnel, served.port);
  try {
    const query = tunnel === undefined ? "" : `?GOVMOMI_TUNNEL_PROXY_PORT=${tunnel.port}`;
    const login = account === undefined ? "user:pass" : `${escaped(account.name)}:${escaped(account.password)}`;
    const line = `export GOVC_URL=${url.protocol}//${login}@${url.host}/sdk${query} GOVC_SIM_PID=${process.pid}\n`;
    await writeVariables(flags.E, line, ending.isAsked);
    if (flags.stdinexit) await endOnKey(ending);
    await ending.asked;
  } finally {
    await tunnel?.close();
    await served.end();
    trace?.close();
  }
  return exitCodes.ok;
}

/** As a part of a URL that stands unquoted in a shell. */
const escaped = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

function accountOf({
  username,
  password,
}: VcsimFlags): { readonly name: string; readonly password: string } | undefined {
  if (username === "" && password === "") return undefined;
  if (username === "" || password === "") throw new UsageError("-username and -password are given together");
  return { name: secretOf(username, "-username"), password: secretOf(password, "-password") };
}

async function tlsOf({ tls, tlscert, tlskey }: VcsimFlags): Promise<NonNullable<ListenOptions["tls"]>> {
  if (!tls) return false;
  if (tlscert === "" && tlskey === "") return true;
  if (tlscert === "" || tlskey === "") throw new UsageError("-tlscert and -tlskey are given together");
  const { readCredentials } = await import("./certificate.ts");
  return readCredentials(tlscert, tlskey, ["-tlscert", "-tlskey"]);
}

async function endOnKey(ending: Ending): Promise<void> {
  await print("Press any key to exit\n");
  process.stdin.once("data", ending.ask).once("end", ending.ask).once("error", ending.ask);
}
