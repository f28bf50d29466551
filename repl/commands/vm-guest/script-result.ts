import type { RunResult } from "../../../sdk/index.ts";
import type { VIObject } from "../../inventory/vi-object.ts";
import type { Members, MemberValue, Value } from "../../language/index.ts";

const names = ["ScriptOutput", "ExitCode", "VM", "VMId", "Uid"] as const;

/** What `Invoke-VMScript` puts out. As text it is what the script put out, which scripts rely on. */
export class ScriptResult implements Members {
  readonly typeNames = ["VMScriptResult", "VMware.VimAutomation.ViCore.Types.V1.VM.Guest.VMScriptResult"];
  readonly #vm: VIObject;
  readonly #result: RunResult;

  constructor(vm: VIObject, result: RunResult) {
    this.#vm = vm;
    this.#result = result;
  }

  member(name: string): MemberValue | undefined {
    const found = names.find((known) => known.toLowerCase() === name.toLowerCase());
    return found === undefined ? undefined : { name: found, kind: "Property", get: () => this.#property(found) };
  }

  memberNames(): readonly string[] {
    return names;
  }

  asText(): string {
    return this.#result.stdout;
  }

  #property(name: (typeof names)[number]): Value {
    const { connection, ref } = this.#vm;
    switch (name) {
      case "ScriptOutput":
        return this.#result.stdout;
      case "ExitCode":
        return this.#result.exitCode;
      case "VM":
        return this.#vm;
      case "VMId":
        return `${ref.type}-${ref.value}`;
      default:
        return `/VIServer=${connection.user}@${connection.name}:443/VirtualMachine=${ref.type}-${ref.value}/VMScriptResult=${this.#result.pid}/`;
    }
  }
}
