import { after, type Maybe, type Value } from "../../language/index.ts";
import type { OutputWriter } from "../formatter.ts";
import type { Sink } from "../sink.ts";
import { toJson } from "./from-value.ts";
import { jsonText } from "./write.ts";

/** Levels below an output object that `--json` writes out. */
const depth = 4;

/**
 * Output objects as one JSON array, each written as it comes. The array is complete whenever the output ends, also
 * after an error or Ctrl-C. `$null` is left out, as it is on the screen.
 */
export class JsonWriter implements OutputWriter {
  readonly #sink: Sink;
  #state: "empty" | "open" | "ended" = "empty";
  #busy: Promise<void> | undefined;

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  write(value: Value): Maybe<void> {
    if (value === null) return;
    return this.#inTurn(() =>
      after(toJson(value, { depth }), (json) => {
        const before = this.#state === "empty" ? "[\n  " : ",\n  ";
        this.#state = "open";
        return this.#sink.write(before + jsonText(json, {}, "  "));
      }),
    );
  }

  flush(): Maybe<void> {
    return this.#inTurn(() => this.#sink.flush());
  }

  end(): Maybe<void> {
    return this.#inTurn(() => {
      if (this.#state === "ended") return;
      const close = this.#state === "empty" ? "[]\n" : "\n]\n";
      this.#state = "ended";
      return after(this.#sink.write(close), () => this.#sink.flush());
    });
  }

  /** Keeps the order of objects whose properties have to be waited for. */
  #inTurn(action: () => Maybe<void>): Maybe<void> {
    const done = this.#busy === undefined ? action() : this.#busy.then(action);
    if (!(done instanceof Promise)) return;
    const settled: Promise<void> = done
      .catch(() => undefined)
      .then(() => {
        if (this.#busy === settled) this.#busy = undefined;
      });
    this.#busy = settled;
    return done;
  }
}
