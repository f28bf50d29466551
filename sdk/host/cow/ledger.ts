import { Column, reals } from "./column.ts";
import type { FramePool } from "./frame-pool.ts";
import { real } from "./geometry.ts";

const BITS = 9;
const MASK = (1 << BITS) - 1;

/** How many pages are alive, in all and by the account they were charged to when they were allocated. */
export class Ledger {
  readonly #accounts: Column<Float64Array>;
  #unique: number;

  constructor(pool: FramePool, from?: Ledger) {
    this.#accounts = from === undefined ? new Column(pool, reals) : from.#accounts.fork();
    this.#unique = from === undefined ? 0 : from.#unique;
  }

  get unique(): number {
    return this.#unique;
  }

  get frames(): number {
    return this.#accounts.frames;
  }

  account(account: number): number {
    const cells = this.#accounts.peek(account >>> BITS);
    return cells === undefined ? 0 : real(cells, account & MASK);
  }

  charge(account: number, pages: number): void {
    const cells = this.#accounts.write(account >>> BITS);
    cells[account & MASK] = real(cells, account & MASK) + pages;
    this.#unique += pages;
  }

  fork(pool: FramePool): Ledger {
    return new Ledger(pool, this);
  }

  close(): void {
    this.#accounts.close();
  }
}
