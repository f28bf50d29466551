import { PAGE_SIZE } from "./geometry.ts";
import type { PageImage } from "./page-image.ts";

/** What a new address space is like. */
export interface SpaceOptions {
  /** Its size: a multiple of 4096, up to 64 TiB. */
  readonly bytes: number;
  /** Whose figures it belongs to: any number from 0 to 4294967295, told again by `touched()`. */
  readonly owner: number;
  /** What its pages are charged to: 0 to 65535. */
  readonly account: number;
  /** With a seed (an integer) every page is there and no two are equal, at no cost until they are written. Without, all is zero. */
  readonly seed?: number;
  /** With a seed: how many bytes, from the first on, have such content; the pages behind them are zero. Default: all. */
  readonly filled?: number;
  /** Its pages are those of an image, at no cost until they are written. All of them must be within its size; with no seed. */
  readonly image?: PageImage;
}

export function checkBytes(name: string, bytes: number, least: number, most: number): void {
  if (Number.isInteger(bytes) && bytes >= least && bytes % PAGE_SIZE === 0 && bytes <= most) return;
  throw new RangeError(`${name} must be a multiple of ${PAGE_SIZE} from ${least} to ${most}, not ${bytes}`);
}

export function checkOwner(owner: number): void {
  if (!Number.isInteger(owner) || owner < 0 || owner >= 2 ** 32) {
    throw new RangeError(`owner must be an integer from 0 to 4294967295, not ${owner}`);
  }
}

export function checkAccount(account: number): void {
  if (!Number.isInteger(account) || account < 0 || account > 0xffff) {
    throw new RangeError(`account must be an integer from 0 to 65535, not ${account}`);
  }
}
