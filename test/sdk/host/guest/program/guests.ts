import { changeGuestFiles, readGuestFiles } from "../../../../../sdk/host/guest/files/guest-files.ts";
import { programsOf, startProgram } from "../../../../../sdk/host/guest/program/programs.ts";
import type { HostOptions } from "../../../../../sdk/host/options.ts";
import { Caller } from "../../caller.ts";

const root = { name: "root", uid: 0, gid: 0, home: "/root" };

/** A vCenter whose guests run programs. */
export class Guests {
  readonly caller: Caller;

  constructor(caller: Caller) {
    this.caller = caller;
  }
  static start(options: HostOptions = {}): Guests {
    return new Guests(Caller.start(options));
  }
  fork(): Guests {
    return new Guests(new Caller(this.caller.host.fork()));
  }

  machine(name: string) {
    return this.caller.find("VirtualMachine", name);
  }
  ref(name: string) {
    return this.caller.ref("VirtualMachine", name);
  }
  get idle(): Promise<void> {
    return this.caller.host.idle();
  }

  write(name: string, path: string, text: string): void {
    this.caller.host.universe.transact((tx) =>
      changeGuestFiles(tx, this.machine(name).id, (files) =>
        files.writeFile(path, new TextEncoder().encode(text), { mode: 0o755 }),
      ),
    );
  }
  read(name: string, path: string): string {
    return readGuestFiles(this.caller.host.universe.view, this.machine(name), (files) =>
      files.exists(path) ? new TextDecoder().decode(files.readFile(path)) : "",
    );
  }

  /** Starts `/bin/bash` with arguments. */
  bash(name: string, args: string): number {
    const spec = { programPath: "/bin/bash", arguments: args, user: root };
    return this.caller.host.universe.transact((tx) => startProgram(tx, this.machine(name).id, spec));
  }
  /** Runs a script from a file and waits until it ends, freezes or sleeps. */
  async run(name: string, text: string): Promise<number> {
    this.write(name, "/root/script.sh", text);
    const pid = this.bash(name, "/root/script.sh");
    await this.idle;
    return pid;
  }
  exitCode(name: string, pid: number): number | undefined {
    const { view } = this.caller.host.universe;
    return programsOf(view, this.machine(name).id).find((program) => program.pid === pid)?.exitCode;
  }

  fork1(source: string, name: string, info: Readonly<Record<string, string>> = {}): void {
    const config = Object.entries(info).map(([key, value]) => ({ key: `guestinfo.ic.${key}`, value }));
    const task = this.caller.task(this.ref(source), "InstantClone_Task", { spec: { name, location: {}, config } });
    if (task.state !== "success") throw new Error(JSON.stringify(task.error));
  }

  info(name: string, key: string): string | undefined {
    return this.machine(name).extraConfig?.[`guestinfo.${key}`];
  }
}
