import type { Host, PromptRequest } from "../command/host.ts";
import { scriptError } from "../errors/script-error.ts";
import type { Maybe } from "../maybe.ts";
import { Interrupt } from "./signals.ts";

const CHOICES = [
  { label: "&Yes", help: "Continue with only the next step of the operation." },
  { label: "Yes to &All", help: "Continue with all the steps of the operation." },
  { label: "&No", help: "Skip this operation and proceed with the next operation." },
  { label: "No to A&ll", help: "Skip this operation and all subsequent operations." },
] as const;

/** Questions to whoever sits at the terminal. */
export class Asking {
  private readonly host: Host;
  /** The answer "to all", until the next command line. */
  private toAll: boolean | undefined;

  constructor(host: Host) {
    this.host = host;
  }

  reset(): void {
    this.toAll = undefined;
  }

  async ask(request: PromptRequest, signal: AbortSignal): Promise<string> {
    if (!this.host.interactive) {
      throw scriptError("The shell is not interactive: there is nobody to answer a prompt.", {
        type: "System.Management.Automation.PSInvalidOperationException",
        category: "InvalidOperation",
        id: "InvalidOperation",
      });
    }
    try {
      return await this.host.prompt(request, signal);
    } catch (error) {
      if (signal.aborted) throw new Interrupt();
      throw error;
    }
  }

  confirm(title: string, message: string, signal: AbortSignal): Maybe<boolean> {
    if (this.toAll !== undefined) return this.toAll;
    return this.askConfirmation(title, message, signal);
  }

  private async askConfirmation(title: string, message: string, signal: AbortSignal): Promise<boolean> {
    const answer = Number(await this.ask({ kind: "choice", title, message, choices: CHOICES, default: 0 }, signal));
    if (answer === 1 || answer === 3) this.toAll = answer === 1;
    return answer < 2;
  }
}
