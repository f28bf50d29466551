import { throwIfAborted } from "../errors.ts";
import type { ProgressOptions } from "../progress.ts";
import type { Grain } from "../vmdk/index.ts";

/** Passes grains on; tells how far they have come, and stops when it is told to. */
export type Watch = (grains: Iterable<Grain>, capacity: number, on?: (grain: Grain) => void) => Iterable<Grain>;

/** Between two reports there is a percent at least. */
export function watching(activity: string, { signal, onProgress }: ProgressOptions): Watch {
  return function* watch(grains, capacity, on) {
    throwIfAborted(signal, activity);
    let told = -1;
    for (const grain of grains) {
      throwIfAborted(signal, activity);
      on?.(grain);
      const percent = Math.floor((100 * grain.address) / capacity);
      if (percent > told) onProgress?.({ activity, done: grain.address, total: capacity, failed: 0 });
      told = Math.max(told, percent);
      yield grain;
    }
    onProgress?.({ activity, done: capacity, total: capacity, failed: 0 });
  };
}
