import type { Key } from "../../../repl/editor/keys.ts";
import { type EditorState, type Effect, freshState, type Rules } from "../../../repl/editor/state.ts";
import { step } from "../../../repl/editor/step.ts";

/** An editor without a terminal: keys in, line out. */
export class Typist {
  readonly rules: Rules;
  state: EditorState;
  effect: Effect = "none";

  constructor(history: readonly string[] = [], finished: (text: string) => boolean = () => true) {
    this.rules = { history, finished };
    this.state = freshState(this.rules);
  }

  /** Types text as it stands; names in `<>` are keys: `Get-VM<ctrl-a><alt-f>`. */
  type(keys: string): this {
    for (const part of keys.match(/<[a-z-]+[<>_.]?>|./gsu) ?? []) {
      this.press(part.length > 2 && part.startsWith("<") ? { name: part.slice(1, -1), text: "" } : plain(part));
    }
    return this;
  }

  press(key: Key): void {
    const { state, effect } = step(this.state, key, this.rules);
    this.state = state;
    this.effect = effect;
  }

  /** The line with `|` where the cursor stands. */
  get line(): string {
    const { text, cursor } = this.state.line;
    return `${text.slice(0, cursor)}|${text.slice(cursor)}`;
  }
}

function plain(character: string): Key {
  if (character === "\n") return { name: "enter", text: "\n" };
  return character === "\t" ? { name: "tab", text: "\t" } : { name: "text", text: character };
}
