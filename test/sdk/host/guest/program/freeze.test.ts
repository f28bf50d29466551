import { describe, expect, it } from "vitest";
import { MemoryFiles } from "../operations/memory-files.ts";
import { runThrough, textOf } from "./trial.ts";

const freeze = 'vmware-rpctool "instantclone.freeze"';

/** What a script writes to /log, and how often it stopped on the way. */
async function logOf(text: string) {
  const files = new MemoryFiles({ "/log": "" });
  const { exitCode, output, stops } = await runThrough(`say() { echo "$@" >> /log; }\n${text}`, files);
  return { log: textOf(files, "/log").trimEnd().split("\n"), exitCode, output, stops };
}

describe("a script that freezes", () => {
  it("goes on at the next line with its variables, functions, arguments, directory and options", async () => {
    const { log, stops } = await logOf(`
      mkdir -p /data/x
      cd /data/x
      name='a "b" $c'; export OUT=1; list=("one two" 'q"$z' $'l\\n2'); declare -A map; map[k]='v w'; map["x y"]="q'r"
      declare -i number=4; readonly fixed=7
      set -- first "second one"
      set -u; shopt -s nullglob
      ${freeze}
      say "$name" "$OUT" "\${list[0]}" "\${list[1]}" "\${#list[@]}" "\${map[k]}" "\${map[x y]}"
      number+=1; say $number $fixed $1 "$2" $# $PWD /nothing*
      case $- in *u*) say unset counts;; esac
      say "\${list[2]}"
    `);
    expect(stops).toBe(1);
    expect(log).toEqual([
      'a "b" $c 1 one two q"$z 3 v w q\'r',
      "5 7 first second one 2 /data/x",
      "unset counts",
      "l",
      "2",
    ]);
  });

  it.each([
    ["a chain", `true && ${freeze} && say on`, ["on"]],
    ["a chain whose next is for failures", `${freeze} || say failed; say on`, ["on"]],
    ["the condition of an if", `if ${freeze}; then say yes; else say no; fi; say on`, ["yes", "on"]],
    ["a negated condition", `if ! ${freeze}; then say yes; else say no; fi`, ["no"]],
    ["an else", `if false; then say no; else say a; ${freeze}; say b; fi; say c`, ["a", "b", "c"]],
    [
      "a for loop",
      `for i in 1 2 "3 4"; do say "a$i"; ${freeze}; say "b$i"; done; say end`,
      ["a1", "b1", "a2", "b2", "a3 4", "b3 4", "end"],
    ],
    ["a while loop", `i=0; while [ $i -lt 2 ]; do ${freeze}; i=$((i + 1)); say $i; done; say end`, ["1", "2", "end"]],
    ["an until loop's condition", `i=0; until ${freeze} && [ $i = 2 ]; do i=$((i + 1)); say $i; done`, ["1", "2"]],
    ["a counting loop", `for ((i = 0; i < 3; i++)); do [ $i = 1 ] && continue; ${freeze}; say $i; done`, ["0", "2"]],
    [
      "a loop that is left",
      `for i in 1 2 3; do ${freeze}; if [ $i = 2 ]; then break; fi; say $i; done; say end`,
      ["1", "end"],
    ],
    [
      "loops in loops",
      `for i in 1 2; do for j in a b; do ${freeze}; [ $j = a ] && continue 2; say no; done; done; say $i`,
      ["2"],
    ],
    ["a case", `case abc in x) say x;; a*) say a; ${freeze}; say b;; *) say no;; esac; say end`, ["a", "b", "end"]],
    ["a case that falls through", `case a in a) ${freeze}; say 1;& b) say 2;; c) say 3;; esac`, ["1", "2"]],
    ["braces", `{ say a; ${freeze}; say b; }; say c`, ["a", "b", "c"]],
    ["braces whose output goes to a file", `{ echo a; ${freeze}; echo b; } > /log; echo c >> /log`, ["a", "b", "c"]],
    [
      "a function",
      `go() { say "in $1"; ${freeze}; say "out $1 $#"; return 3; }; go x y; say $?`,
      ["in x", "out x 2", "3"],
    ],
    [
      "a function with local variables",
      `v=old; go() { local v=new w; ${freeze}; say $v; }; go; say $v`,
      ["new", "old"],
    ],
    [
      "functions in functions",
      `a() { ${freeze}; say "a$1"; }; b() { a "$1$1"; say "b$1"; }; set -- z; b q; say $1`,
      ["aqq", "bq", "z"],
    ],
    [
      "a script with set -e",
      `set -e; ${freeze}; false || true; if false; then :; fi; say on; false; say never`,
      ["on"],
    ],
    ["vmtoolsd", `vmtoolsd --cmd "instantclone.freeze"; say on`, ["on"]],
    ["sudo", `sudo ${freeze}; say on`, ["on"]],
    ["main", `main() { say "$@"; ${freeze}; say end; }; main "$@" x`, ["x", "end"]],
    [
      "a script whose output goes to a file",
      `exec >> /log 2>&1; echo a; ${freeze}; echo b; nonesuch`,
      ["a", "b", "bash: nonesuch: command not found"],
    ],
  ])("goes on inside of %s", async (_where, text, expected) => {
    const { log, stops, output } = await logOf(text);
    expect({ log, output }).toEqual({ log: expected, output: "" });
    expect(stops).toBeGreaterThan(0);
  });

  it.each([
    ["a pipeline", `${freeze} | cat`],
    ["a subshell", `(${freeze})`],
    ["a command substitution", `x=$(${freeze})`],
    ["a loop that reads a file", `while read -r line; do ${freeze}; done < /log2`],
    ["another script", `echo '${freeze}' > /s; bash /s`],
  ])("is told that it cannot freeze inside of %s", async (_where, text) => {
    const files = new MemoryFiles({ "/log2": "line\n" });
    const { output, stops } = await runThrough(text, files);
    expect(stops).toBe(0);
    expect(output).toContain("cannot be frozen inside a pipeline, a subshell");
  });

  it("tells the status of the command before", async () => {
    const { log } = await logOf(`f() { return 5; }; f; ${freeze}; say $?; false; say $?`);
    expect(log).toEqual(["0", "1"]);
  });
});
