import type { vim } from "../../vim/index.ts";
import { invalidArgument } from "../faults.ts";

/** Answers whose rest nobody asks for are given up from the oldest on. */
const most = 32;

/** Answers that are given page by page. */
export class Pages {
  readonly #open = new Map<
    string,
    { readonly rest: Iterator<vim.ObjectContent>; readonly size: number; ahead: vim.ObjectContent }
  >();
  #count = 0;

  /** The first page of an answer; undefined if it is empty. */
  first(contents: Iterator<vim.ObjectContent>, size: number): vim.RetrieveResult | undefined {
    const next = contents.next();
    return next.done ? undefined : this.#page(contents, size, next.value);
  }

  /** The next page. Throws InvalidArgument for a token that was not given out, or was used before. */
  next(token: string): vim.RetrieveResult {
    const page = this.#take(token);
    return this.#page(page.rest, page.size, page.ahead);
  }

  cancel(token: string): void {
    this.#take(token);
  }

  clear(): void {
    this.#open.clear();
  }

  #take(token: string) {
    const page = this.#open.get(token);
    if (!page) throw invalidArgument("token", "It is not the token of the last page of an answer that has more.");
    this.#open.delete(token);
    return page;
  }

  #page(contents: Iterator<vim.ObjectContent>, size: number, head: vim.ObjectContent): vim.RetrieveResult {
    const objects = [head];
    let next = contents.next();
    for (; !next.done && objects.length < size; next = contents.next()) objects.push(next.value);
    Object.freeze(objects);
    if (next.done) return Object.freeze({ objects });
    const token = String(this.#count++);
    this.#open.set(token, { rest: contents, size, ahead: next.value });
    const [oldest] = this.#open.keys();
    if (this.#open.size > most && oldest !== undefined) this.#open.delete(oldest);
    return Object.freeze({ token, objects });
  }
}
