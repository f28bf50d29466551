import { PAGE_SIZE } from "./geometry.ts";

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
