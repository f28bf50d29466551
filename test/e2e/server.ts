import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { mainPath, temporaryFolder } from "./program.ts";

/** `fargo serve` or `fargo vcsim`, running. */
export class ServerProcess {
  readonly #configuration = temporaryFolder();
  readonly #ended: Promise<number | null>;
  readonly child: ChildProcess;
  stdout = "";
  stderr = "";

  constructor(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    this.child = spawn(process.execPath, [mainPath, ...args], {
      env: { ...process.env, FARGO_CONFIG_DIR: this.#configuration, FARGO_PASSWORD: "", NO_COLOR: "", ...env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    this.child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      this.stdout += text;
    });
    this.child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
    });
    this.child.stdin?.on("error", () => {});
    this.#ended = new Promise((resolve) => this.child.on("close", (code) => resolve(code)));
  }

  /** Waits until something was printed; what the expression found. */
  shows(what: RegExp, where: "stdout" | "stderr" = "stdout"): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const stream = this.child[where];
      const look = () => {
        const found = what.exec(this[where]);
        if (found) done(() => resolve(found));
      };
      const gone = () => done(() => reject(new Error(`it ended without ${what}: ${this.stdout}${this.stderr}`)));
      const done = (then: () => void) => {
        stream?.off("data", look);
        this.child.off("close", gone);
        then();
      };
      stream?.on("data", look);
      this.child.once("close", gone);
      look();
    });
  }

  /** Where `fargo serve` says that it listens. */
  async url(): Promise<string> {
    return (await this.shows(/^ {2}url +(\S+)$/m))[1] ?? "";
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Waits for the end; the exit code. */
  ends(): Promise<number | null> {
    return this.#ended;
  }

  async close(): Promise<void> {
    this.child.kill("SIGKILL");
    await this.#ended;
    rmSync(this.#configuration, { recursive: true, force: true });
  }
}
