import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { mainPath } from "./program.ts";

export const hasTmux = spawnSync("tmux", ["-V"]).status === 0;

const patience = 20_000;
let sessions = 0;

/** The program on a real terminal, which tmux provides: keys in, screen out. */
export class TerminalSession {
  readonly #socket: string;
  /** Where the exit code is written: tmux 3.3 now and then misses the end of its pane. */
  readonly #ended = join(mkdtempSync(join(tmpdir(), "fargo-terminal-")), "code");

  /** @param configuration folder of the settings and the history */
  constructor(configuration: string, args: readonly string[] = [], size = { columns: 100, rows: 30 }) {
    this.#socket = `fargo-test-${process.pid}-${sessions++}`;
    const { columns, rows } = size;
    const command = [
      "env",
      `FARGO_CONFIG_DIR=${configuration}`,
      "TERM=screen-256color",
      "sh",
      "-c",
      'trap : INT; "$@"; echo $? >"$0"; sleep 60',
      this.#ended,
      process.execPath,
      mainPath,
      ...args,
    ];
    this.#tmux("-f", "/dev/null", "new-session", "-d", "-x", String(columns), "-y", String(rows), ...command);
  }

  /** Types text as it stands. */
  type(text: string): void {
    this.#tmux("send-keys", "-l", "--", text);
  }

  /** Presses keys by tmux's names: `Enter`, `Tab`, `C-c`, `Up`. */
  press(...keys: readonly string[]): void {
    this.#tmux("send-keys", ...keys);
  }

  enter(text: string): void {
    this.type(text);
    this.press("Enter");
  }

  /** Pastes as a terminal does, in brackets. */
  paste(text: string): void {
    this.#tmux("set-buffer", text);
    this.#tmux("paste-buffer", "-p");
  }

  resize(columns: number, rows: number): void {
    this.#tmux("resize-window", "-x", String(columns), "-y", String(rows));
  }

  /** What is on show, without blanks at the end. */
  get screen(): string {
    return this.#tmux("capture-pane", "-p").trimEnd();
  }

  get columnOfCursor(): number {
    return Number(this.#tmux("display-message", "-p", "#{cursor_x}"));
  }

  /** Whether the program has ended, and how. */
  get exitCode(): number | undefined {
    try {
      const text = readFileSync(this.#ended, "utf8");
      return text.endsWith("\n") ? Number(text) : undefined;
    } catch {
      return undefined;
    }
  }

  /** Waits until the screen shows something; the screen then. */
  async shows(what: RegExp): Promise<string> {
    return this.#until(
      () => (what.test(this.screen) ? this.screen : undefined),
      () => `${what} was not shown:\n${this.screen}`,
    );
  }

  async ends(): Promise<number> {
    return this.#until(
      () => this.exitCode,
      () => `it did not end:\n${this.screen}`,
    );
  }

  close(): void {
    spawnSync("tmux", ["-L", this.#socket, "kill-server"]);
    rmSync(dirname(this.#ended), { recursive: true, force: true });
  }

  async #until<T>(look: () => T | undefined, complaint: () => string): Promise<T> {
    const end = Date.now() + patience;
    for (;;) {
      const seen = look();
      if (seen !== undefined) return seen;
      if (Date.now() > end) throw new Error(complaint());
      await sleep(30);
    }
  }

  #tmux(...args: readonly string[]): string {
    const done = spawnSync("tmux", ["-L", this.#socket, ...args], { encoding: "utf8" });
    if (done.status !== 0) throw new Error(`tmux ${args[0]}: ${done.stderr}`);
    return done.stdout;
  }
}
