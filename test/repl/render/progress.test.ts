import { Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { ProgressView } from "../../../repl/render/progress.ts";

/** A terminal, or a pipe, that keeps what is written to it. */
class Screen extends Writable {
  readonly isTTY: boolean;
  readonly columns = 80;
  text = "";

  constructor(isTTY: boolean) {
    super({ decodeStrings: false });
    this.isTTY = isTTY;
  }

  override _write(chunk: unknown, _encoding: string, done: () => void): void {
    this.text += String(chunk);
    done();
  }
}

describe("progress", () => {
  test("is a bar on a terminal that says how many are done, and goes away when all are", async () => {
    const screen = new Screen(true);
    const view = new ProgressView(screen);
    view.show({ activity: "Forking", current: 250, total: 1000 });
    await view.settled();
    expect(screen.text).toContain("Forking");
    expect(screen.text).toContain("250/1000");
    const drawn = screen.text.length;
    view.show({ activity: "Forking", done: true });
    expect(screen.text.slice(drawn)).toContain("\u001b[0K");
  });
  test("shows nothing in a pipe", async () => {
    const screen = new Screen(false);
    const view = new ProgressView(screen);
    view.show({ activity: "Forking", current: 1, total: 2 });
    await view.settled();
    view.hide();
    expect(screen.text).toBe("");
  });
  test("shows no control characters of what it reports", async () => {
    const screen = new Screen(true);
    const view = new ProgressView(screen);
    view.show({ activity: "a\u001b]0;title\u0007b", status: "c\u009b2Jd", current: 1, total: 2 });
    await view.settled();
    view.hide();
    expect(screen.text).not.toMatch(/\u0007|\u009b|\u001b\]/);
  });
  test("a report that ends before the bar is there leaves no bar behind", async () => {
    const screen = new Screen(true);
    const view = new ProgressView(screen);
    view.show({ activity: "Quick", current: 1, total: 2 });
    view.show({ activity: "Quick", done: true });
    await view.settled();
    expect(screen.text).toBe("");
  });
});
