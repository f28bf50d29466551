import manifest from "../../package.json" with { type: "json" };
import type { HostOptions, ListenOptions } from "../../sdk/host/index.ts";
import { exitCodes, UsageError } from "../exit.ts";
import { coloursFor } from "../render/colour.ts";
import { type Address, parseAddress } from "./address.ts";
import { announcement } from "./announce.ts";
import { watchForEnd } from "./ending.ts";
import { failed } from "./failure.ts";
import { isEverywhere, isLocal } from "./local.ts";
import { readServeArguments, type ServeValues } from "./option.ts";
import { outlivesReaders, print } from "./output.ts";
import { newPassword } from "./password.ts";
import { watching } from "./watch.ts";

const program = "fargo serve";

/** Runs `fargo serve` until somebody ends it, and answers the program's exit code. */
export async function runServe(argv: readonly string[]): Promise<number> {
  try {
    const read = readServeArguments(argv);
    if (read.kind === "usage") throw new UsageError(read.message);
    if (read.kind === "help") {
      const { serveHelp } = await import("./help.ts");
      await print(`${await serveHelp(process.stdout.columns ?? 100)}\n`);
      return exitCodes.ok;
    }
    return await serve(read.values);
  } catch (error) {
    return failed(program, error);
  }
}

async function serve(values: ServeValues): Promise<number> {
  const ending = watchForEnd();
  outlivesReaders();
  const at = parseAddress(string(values.listen) ?? "127.0.0.1:8989", "--listen");
  const user = userOf(values, at);
  const tls = await tlsOf(values);
  const asked =
    values.inventory === undefined
      ? undefined
      : (await import("./inventory.ts")).readInventory(string(values.inventory) ?? "");
  const options: HostOptions = {
    users: [user.account],
    ...(asked === undefined ? {} : { inventory: asked.inventory }),
    ...(values.seed === undefined ? {} : { seed: seedOf(values.seed) }),
    clock: clockOf(values.clock),
    ...(values.esx === true ? { flavour: "esx" as const } : {}),
  };
  const write = (text: string) => void process.stderr.write(text);
  const log = watching(values.watch === true, coloursFor(process.stderr), write);
  const { start } = await import("./start.ts");
  const served = await start(options, at, { tls, log }, asked?.source ?? "inventory");
  const { url, thumbprint } = served;
  const facts = {
    version: manifest.version,
    url,
    thumbprint,
    watched: values.watch === true,
    everywhere: isEverywhere(at.host),
  };
  await print(announcement({ ...facts, user: user.account.name, password: user.shown }, coloursFor(process.stdout)));
  await ending.asked;
  await served.end();
  return exitCodes.ok;
}

const string = (value: string | true | undefined): string | undefined =>
  typeof value === "string" ? value : undefined;

function userOf(values: ServeValues, at: Address) {
  const name = string(values.user) ?? (values.esx === true ? "root" : "administrator@vsphere.local");
  const role = string(values.role);
  const fromEnvironment = process.env.FARGO_PASSWORD || undefined;
  const given = string(values.password) ?? fromEnvironment;
  if (given === undefined && !isLocal(at.host)) {
    throw new UsageError(
      `others can reach ${at.host}: give a password with --password, or in the environment as FARGO_PASSWORD`,
    );
  }
  const password = given ?? newPassword();
  const account = { name, password, ...(role === undefined ? {} : { role }) };
  const from = values.password === undefined ? ("environment" as const) : ("option" as const);
  const shown = given === undefined ? { made: password } : { from };
  return { account, shown };
}

async function tlsOf(values: ServeValues): Promise<NonNullable<ListenOptions["tls"]>> {
  const cert = string(values.cert);
  const key = string(values.key);
  if (values["no-tls"] === true) {
    if (cert !== undefined || key !== undefined) throw new UsageError("--no-tls and a certificate exclude each other");
    return false;
  }
  if (cert === undefined && key === undefined) return true;
  if (cert === undefined || key === undefined) throw new UsageError("--cert and --key are given together");
  const { readCredentials } = await import("./certificate.ts");
  return readCredentials(cert, key, ["--cert", "--key"]);
}

function seedOf(value: string | true): number {
  const seed = Number(value);
  if (!/^-?\d+$/.test(String(value)) || !Number.isSafeInteger(seed)) {
    throw new UsageError(`--seed is a whole number, not ${JSON.stringify(value)}`);
  }
  return seed;
}

function clockOf(value: string | true | undefined): "instant" | "real" {
  if (value === undefined || value === "instant") return "instant";
  if (value === "real") return "real";
  throw new UsageError(`--clock is instant or real, not ${JSON.stringify(value)}`);
}
