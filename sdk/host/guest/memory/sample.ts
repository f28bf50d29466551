import { mix } from "../../random.ts";

/**
 * Which pages of a memory were touched, as a sample of a bounded size: of all pages touched, those with the lowest hashes. The hash
 * maps no two pages to one number, so that up to `most` pages are counted exactly; past that the number is estimated from how close
 * together the lowest hashes lie, to some 6 %. Ascending; never changed in place.
 */
export type Sample = readonly number[];

export const noPages: Sample = Object.freeze([]);

/** How many pages a sample tells apart. */
export const most = 256;

/** As signed numbers, which fit in an array's slots as they are. */
const hashOf = (page: number): number => mix(0x51ed270b, mix(0x2c1b3c6d, page)) | 0;

/** The sample with pages added to it; the very same when that tells nothing new. */
export function withPages(sample: Sample, first: number, count: number): Sample {
  let next: number[] | undefined;
  for (let page = first; page < first + count; page++) {
    const hash = hashOf(page);
    const known: Sample = next ?? sample;
    if (known.length === most && hash >= (known[most - 1] ?? 0)) continue;
    const at = place(known, hash);
    if (known[at] === hash) continue;
    next ??= [...sample];
    next.splice(at, 0, hash);
    if (next.length > most) next.pop();
  }
  return next ?? sample;
}

/** The sample of all that any of some samples is of. */
export function union(samples: readonly Sample[]): Sample {
  const [first = noPages, ...others] = samples;
  if (others.length === 0) return first;
  return [...new Set(samples.flat())].sort((a, b) => a - b).slice(0, most);
}

/** How many pages a sample stands for. */
export function pagesIn(sample: Sample): number {
  if (sample.length < most) return sample.length;
  const share = ((sample[most - 1] ?? 0) + 2 ** 31) / 2 ** 32;
  return Math.round((most - 1) / share);
}

/** Where a hash is in a sample, or would be. */
function place(sample: Sample, hash: number): number {
  let low = 0;
  let high = sample.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sample[middle] ?? 0) < hash) low = middle + 1;
    else high = middle;
  }
  return low;
}
