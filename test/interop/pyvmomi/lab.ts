import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { connect, type Session } from "fargo";
import { type Host, startHost } from "fargo/host";
import { describe, it } from "vitest";
import { peer } from "../peers.ts";

const folder = fileURLToPath(new URL(".", import.meta.url));
const user = "administrator@vsphere.local";
const password = "Interop1!";
const users = [
  { name: user, password, groups: ["Administrators@vsphere.local"] },
  { name: "reader@vsphere.local", password: "Reading1!" },
];

/** What a story has said, by step, and the host that it was told on. */
export interface Told extends AsyncDisposable {
  readonly host: Host;
  readonly vc: Session;
  at(step: string): unknown;
}

/** Starts a lab with a server, and lets pyvmomi tell one story on it. Throws with what Python says when it fails. */
export async function tell(story: string): Promise<Told> {
  const program = python();
  if (!program) throw new Error("there is no pyvmomi");
  // Guests' programs take their time.
  const host = await startHost({ seed: 11, users, clock: story === "guest" ? "real" : "instant" });
  const listening = await host.listen();
  const vc = await connect(host);
  const env = {
    PATH: process.env.PATH ?? "",
    PYTHONDONTWRITEBYTECODE: "1",
    FARGO_HOST: "127.0.0.1",
    FARGO_PORT: String(listening.port),
    FARGO_USER: user,
    FARGO_PASSWORD: password,
    FARGO_THUMBPRINT: listening.thumbprint ?? "",
    FARGO_MACHINE: "golden",
    FARGO_GUEST: "servers/web-01",
  };
  const said = new Map<string, unknown>();
  try {
    for (const line of (await run(program, story, env)).split("\n").filter(Boolean)) {
      const { step, value } = JSON.parse(line) as { step: string; value: unknown };
      said.set(step, value);
    }
  } finally {
    await listening.close();
  }
  return {
    host,
    vc,
    at: (step) => {
      if (!said.has(step))
        throw new Error(`the story says nothing of '${step}', only of ${[...said.keys()].join(", ")}`);
      return said.get(step);
    },
    [Symbol.asyncDispose]: async () => {
      await vc.close();
      host.close();
    },
  };
}

const run = (program: string, story: string, env: Readonly<Record<string, string>>) =>
  new Promise<string>((resolve, reject) => {
    const settings = { env, cwd: folder, maxBuffer: 2 ** 26, timeout: 110_000 };
    execFile(program, ["-m", "story.main", story], settings, (error, stdout, stderr) => {
      if (error) reject(new Error(`the story '${story}' failed:\n${stdout.slice(-2000)}\n${stderr}`));
      else resolve(stdout);
    });
  });

/** Tests that take pyvmomi. Where it is missing they say so, and are skipped. */
export function withPyvmomi(title: string, suite: () => void): void {
  if (python()) {
    describe(title, suite);
    return;
  }
  const message = "not tried here: there is no pyvmomi (npm run peers)";
  console.warn(`${title}: ${message}`);
  describe(title, () => {
    it.skip(message, () => {});
  });
}

/** The Python that has pyvmomi: that of `npm run peers` and no other. */
const python = (): string | undefined => {
  const program = peer("python", "venv/bin");
  return program?.includes(".peers") ? program : undefined;
};

/** A reference as stories say it. */
export const shown = (ref: { readonly type: string; readonly value: string }): string => `${ref.type}:${ref.value}`;
