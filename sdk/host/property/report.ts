import type { Ref, vim } from "../../vim/index.ts";
import type { Filter } from "./filter.ts";

/** An update, and the filter that tells of it. */
export type UpdateOf = readonly [Ref<"PropertyFilter">, vim.ObjectUpdate];

/** What all filters have to tell, taken in parts as large as the client wants them. */
export class Report {
  readonly #updates: Iterator<UpdateOf, void>;
  #missing: readonly (readonly [Ref<"PropertyFilter">, readonly vim.MissingObject[]])[];
  #ahead: UpdateOf | undefined;
  #said = false;

  constructor(updates: Iterator<UpdateOf, void>, filters: readonly Filter[]) {
    this.#updates = updates;
    this.#missing = filters.map((filter) => [filter.ref, filter.missingObjects()]);
  }

  /** Whether it told of anything. */
  get said(): boolean {
    return this.#said;
  }

  /** The next part: at most so many updates, and whether there are more. */
  take(most: number): { readonly filterSet: readonly vim.PropertyFilterUpdate[]; readonly more: boolean } {
    const sets = new Map<
      Ref<"PropertyFilter">,
      { objectSet: vim.ObjectUpdate[]; missingSet: readonly vim.MissingObject[] }
    >();
    const of = (filter: Ref<"PropertyFilter">) => {
      let set = sets.get(filter);
      if (!set) {
        set = { objectSet: [], missingSet: [] };
        sets.set(filter, set);
      }
      return set;
    };
    for (const [filter, missing] of this.#missing) if (missing.length > 0) of(filter).missingSet = missing;
    this.#missing = [];
    let next = this.#ahead ?? this.#pull();
    for (let n = 0; next && n < most; n++, next = this.#pull()) of(next[0]).objectSet.push(next[1]);
    this.#ahead = next;
    if (sets.size > 0) this.#said = true;
    const filterSet = [...sets].map(([filter, { objectSet, missingSet }]) => {
      const set = { filter, objectSet: Object.freeze(objectSet) };
      return Object.freeze(missingSet.length > 0 ? { ...set, missingSet: Object.freeze(missingSet) } : set);
    });
    return { filterSet: Object.freeze(filterSet), more: next !== undefined };
  }

  #pull(): UpdateOf | undefined {
    const next = this.#updates.next();
    return next.done ? undefined : next.value;
  }
}
