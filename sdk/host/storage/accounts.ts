import type { Draft } from "../state/draft.ts";
import type { Account } from "../state/state.ts";
import type { View } from "../state/view.ts";

/** The page store takes 16 bits for an account's number; 0 is nobody's. */
const most = 0xffff;

interface Book {
  readonly numbers: ReadonlyMap<number, number>;
  /** Datastore -> accounts whose pages take room on it: disk blocks, and what forks wrote to their memory. */
  readonly stored: ReadonlyMap<number, readonly number[]>;
  /** Host -> accounts of memory that it runs. */
  readonly memory: ReadonlyMap<number, readonly number[]>;
}

/** Lists of accounts are never changed, so what is worked out from one holds for as long as it lives. */
const books = new WeakMap<readonly Account[], Book>();

/** One number for what tells an account from others: object numbers stay far below 2^25. */
const keyOf = (account: Account) =>
  (account.host * 2 ** 25 + account.datastore) * 3 + (account.kind === "disk" ? 0 : account.forked ? 1 : 2);

function bookOf(accounts: readonly Account[]): Book {
  const known = books.get(accounts);
  if (known) return known;
  const numbers = new Map<number, number>();
  const stored = new Map<number, number[]>();
  const memory = new Map<number, number[]>();
  const add = (lists: Map<number, number[]>, key: number, number: number) => {
    const list = lists.get(key);
    if (list) list.push(number);
    else lists.set(key, [number]);
  };
  accounts.forEach((account, index) => {
    numbers.set(keyOf(account), index + 1);
    if (account.kind === "disk" || account.forked) add(stored, account.datastore, index + 1);
    if (account.kind === "memory") add(memory, account.host, index + 1);
  });
  const book = { numbers, stored, memory };
  books.set(accounts, book);
  return book;
}

/** The page store's number for an account, which is made known if it is new. */
function accountOf(tx: Draft, account: Account): number {
  const known = bookOf(tx.accounts).numbers.get(keyOf(account));
  if (known !== undefined) return known;
  if (tx.accounts.length >= most) throw new Error(`There can be no more than ${most} pairs of host and datastore.`);
  tx.accounts = [...tx.accounts, Object.freeze(account)];
  return tx.accounts.length;
}

/** What blocks of a thin disk on a datastore are charged to. */
export const diskAccount = (tx: Draft, datastore: number): number =>
  accountOf(tx, { kind: "disk", host: 0, datastore, forked: false });

/** What memory is charged to that runs on a host and swaps to a datastore. */
export const memoryAccount = (tx: Draft, host: number, datastore: number, forked: boolean): number =>
  accountOf(tx, { kind: "memory", host, datastore, forked });

const pages = (view: View, accounts: readonly number[] | undefined) =>
  accounts?.reduce((sum, account) => sum + view.pages.account(account), 0) ?? 0;

/** Pages that take room on a datastore: blocks of thin disks, and what forks have written to their memory. */
export const storedPages = (view: View, datastore: number): number =>
  pages(view, bookOf(view.accounts).stored.get(datastore));

/** Pages of guest memory that a host holds, each counted once however many machines share it. */
export const memoryPages = (view: View, host: number): number => pages(view, bookOf(view.accounts).memory.get(host));
