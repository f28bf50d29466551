import { PassThrough, Writable } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import type { PromptRequest } from "../../repl/language/index.ts";
import { ask } from "../../repl/prompt.ts";

const confirm: PromptRequest = {
  kind: "choice",
  title: "Confirm",
  message: 'Performing the operation "Remove-VM" on target "web\u001b[2J".',
  choices: [
    { label: "&Yes", help: "Only this one." },
    { label: "Yes to &All", help: "This one and all that follow." },
    { label: "&No", help: "Not this one." },
    { label: "No to A&ll", help: "None of them." },
  ],
  default: 0,
};

/** Answers a question key by key; what was on show comes with the answer. */
async function answer(request: PromptRequest, ...lines: readonly string[]) {
  const input = new PassThrough();
  const output = new Writable({
    write(bytes, _encoding, done) {
      shown += bytes;
      done();
    },
  });
  // a question ends the stream it was asked on, unless that is the process's own
  output.end = () => output;
  let shown = "";
  const controller = new AbortController();
  const given = ask(request, { input, output }, controller.signal);
  given.catch(() => {});
  for (const line of lines) {
    await new Promise((resolve) => setTimeout(resolve, 30));
    input.write(line);
  }
  return { given, shown: () => stripVTControlCharacters(shown), controller };
}

test.each([
  ["\r", "0"],
  ["a\r", "1"],
  ["N\r", "2"],
  ["no to all\r", "3"],
])("a confirmation is answered with %j: choice %s", async (line, choice) => {
  const { given, shown } = await answer(confirm, line);
  expect(await given).toBe(choice);
  expect(shown()).toContain('[Y] Yes  [A] Yes to All  [N] No  [L] No to All  [?] Help (default is "Y")');
});

test("what is asked about cannot send control sequences to the terminal", async () => {
  const { given, shown } = await answer(confirm, "\r");
  await given;
  expect(shown()).toContain('on target "web␛[2J"');
});

test("an answer that is none of the choices is asked for again, and ? explains them", async () => {
  const { given, shown } = await answer(confirm, "x\r", "?\r", "n\r");
  expect(await given).toBe("2");
  expect(shown()).toContain("Answer with one of");
  expect(shown()).toContain("A - This one and all that follow.");
});

test("a password is not shown", async () => {
  const { given, shown } = await answer({ kind: "text", message: "Password:", secret: true }, "hunter2\r");
  expect(await given).toBe("hunter2");
  expect(shown()).not.toContain("hunter");
});

test("text is asked for", async () => {
  const { given } = await answer({ kind: "text", message: "Name:" }, "desk 1\r");
  expect(await given).toBe("desk 1");
});

test("Ctrl-C and an aborted pipeline end the question", async () => {
  const typed = await answer({ kind: "text", message: "Name:" }, "de", "\u0003");
  await expect(typed.given).rejects.toThrow("not answered");
  const aborted = await answer(confirm);
  aborted.controller.abort();
  await expect(aborted.given).rejects.toThrow("not answered");
});
