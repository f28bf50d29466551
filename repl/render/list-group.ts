import type { Maybe } from "../language/index.ts";
import type { Group, Page } from "./group.ts";
import { type ListEntry, listLines } from "./list.ts";

/** Objects below each other, a blank line before each. */
export class ListGroup implements Group<readonly ListEntry[]> {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  add(entries: readonly ListEntry[]): Maybe<void> {
    const lines = listLines(entries, this.#page.columns);
    return this.#page.lines(["", ...lines]);
  }

  flush(): void {}

  end(): Maybe<void> {
    return this.#page.lines([""]);
  }
}
