import { toBoolean } from "../convert/to-boolean.ts";
import { toText } from "../convert/to-text.ts";
import { after } from "../maybe.ts";
import { replaceByBlock } from "../members/regexes.ts";
import { match, notMatch } from "../operators/match.ts";
import { replace } from "../operators/replace.ts";
import { split } from "../operators/split.ts";
import { regexOf } from "../regex/compile.ts";
import type { Frame } from "../run/frame.ts";
import { collectInTurn } from "../run/in-turn.ts";
import { itemsOf } from "../values/items.ts";
import { Regex } from "../values/regex-value.ts";
import { ScriptBlock } from "../values/script-block.ts";
import type { Value } from "../values/value.ts";
import { type Code, chain2, map2 } from "./code.ts";

/** `-match` and `-notmatch` put the groups of a single value's match in `$Matches`. */
export function compileMatch(operator: "match" | "notmatch", caseSensitive: boolean, left: Code, right: Code): Code {
  const apply = operator === "match" ? match : notMatch;
  return map2(left, right, (a, b, frame) => {
    const { result, groups } = apply(a, b, caseSensitive);
    if (groups) frame.scope.set("Matches", groups);
    return result;
  });
}

/** A replacement may be a script block that sees each match as `$_`. */
export function compileReplace(caseSensitive: boolean, left: Code, right: Code): Code {
  return chain2(left, right, (a, b, frame) => {
    const [pattern = null, replacement] = itemsOf(b) ?? [b];
    if (!(replacement instanceof ScriptBlock)) return replace(a, b, caseSensitive);
    const regex = regexOf(pattern instanceof Regex ? pattern : toText(pattern), { ignoreCase: !caseSensitive });
    const one = (item: Value) => replaceByBlock(regex, toText(item), replacement, frame.engine.caller(frame));
    const items = itemsOf(a);
    return items ? collectInTurn(items, one) : one(a);
  });
}

/** The delimiter may be a script block that is asked about each character. */
export function compileSplit(caseSensitive: boolean, left: Code, right: Code): Code {
  return chain2(left, right, (a, b, frame) => {
    const [delimiter] = itemsOf(b) ?? [b];
    if (!(delimiter instanceof ScriptBlock)) return split(a, b, caseSensitive);
    const texts = (itemsOf(a) ?? [a]).map((item) => toText(item));
    return after(
      collectInTurn(texts, (text) => splitByBlock(text, delimiter, frame)),
      (pieces) => pieces.flat(),
    );
  });
}

function splitByBlock(text: string, block: ScriptBlock, frame: Frame): Value | Promise<Value> {
  const caller = frame.engine.caller(frame);
  const answers = collectInTurn([...text], (character) => after(caller.invoke(block, [], character), toBoolean));
  return after(answers, (cuts) => {
    const pieces = [""];
    for (const [index, character] of [...text].entries()) {
      if (cuts[index] === true) pieces.push("");
      else pieces.push(`${pieces.pop() ?? ""}${character}`);
    }
    return pieces;
  });
}
