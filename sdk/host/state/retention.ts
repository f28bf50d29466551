/** How much history is kept, as a number of entries; up to 64 more may be there where thousands are kept: the oldest go together. vCenter keeps days; a simulator that forks by the thousand counts. */
export interface Retention {
  /** Finished tasks; tasks that wait or run always stay. */
  readonly tasks: number;
  readonly events: number;
}

const defaultRetention: Retention = Object.freeze({ tasks: 10_000, events: 10_000 });

/** What is kept, with defaults for what is left out. Throws a RangeError that names what is no whole number from 0 on. */
export function retentionOf(wanted: Partial<Retention> = {}): Retention {
  const { tasks = defaultRetention.tasks, events = defaultRetention.events } = wanted;
  for (const [name, value] of Object.entries({ tasks, events })) {
    if (!Number.isSafeInteger(value) || value < 0)
      throw new RangeError(`retention.${name} must be a whole number from 0 on, not ${value}.`);
  }
  return Object.freeze({ tasks, events });
}

/** Whether there are so many more than are kept that it is worth while: of less than 128, when there is one. */
export const isDue = (entries: { readonly size: number } | undefined, kept: number): boolean =>
  entries !== undefined && entries.size > kept + Math.min(64, kept >> 7);
