import { toText } from "../convert/to-text.ts";
import { after } from "../maybe.ts";
import { NOTHING } from "../values/nothing.ts";
import { PSObject } from "../values/ps-object.ts";
import { SecureString } from "../values/secure-string.ts";
import type { Value } from "../values/value.ts";
import { Version } from "../values/version.ts";
import type { Engine } from "./engine.ts";

/** `$Host`: a name, a version and a `UI` that writes and asks. */
export function hostObject(engine: Engine): PSObject {
  return PSObject.of({
    Name: "Fargo",
    Version: new Version([7, 4, 0]),
    UI: userInterface(engine),
    CurrentCulture: "en-US",
    CurrentUICulture: "en-US",
    PrivateData: PSObject.of({}),
  });
}

function userInterface(engine: Engine): PSObject {
  const raw = PSObject.of({
    WindowTitle: "",
    ForegroundColor: "Gray",
    BackgroundColor: "Black",
    BufferSize: size(),
    WindowSize: size(),
  });
  const method = (name: string, invoke: (args: readonly Value[]) => Value | Promise<Value>) => ({
    name,
    kind: "Method" as const,
    invoke,
  });
  const text = (args: readonly Value[], newline: boolean) =>
    after(engine.host.text(toText(args.at(-1) ?? ""), { newline }), () => NOTHING);
  return PSObject.of({ RawUI: raw })
    .add(method("Write", (args) => text(args, false)))
    .add(method("WriteLine", (args) => text(args, true)))
    .add(method("WriteErrorLine", (args) => text(args, true)))
    .add(method("WriteWarningLine", (args) => after(engine.host.warning(toText(args[0] ?? "")), () => NOTHING)))
    .add(method("ReadLine", () => engine.ask({ kind: "text", message: "" })))
    .add(
      method(
        "ReadLineAsSecureString",
        async () => new SecureString(await engine.ask({ kind: "text", message: "", secret: true })),
      ),
    )
    .add(method("PromptForChoice", (args) => choose(engine, args)));
}

function size(): PSObject {
  return PSObject.of({ Width: process.stdout.columns ?? 120, Height: process.stdout.rows ?? 50 });
}

async function choose(engine: Engine, args: readonly Value[]): Promise<Value> {
  const [title = "", message = "", choices = [], preset = 0] = args;
  const labels = Array.isArray(choices) ? choices.map((choice: Value) => ({ label: toText(choice), help: "" })) : [];
  return Number(
    await engine.ask({
      kind: "choice",
      title: toText(title),
      message: toText(message),
      choices: labels,
      default: Number(toText(preset)),
    }),
  );
}
