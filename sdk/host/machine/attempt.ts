import type { vim } from "../../vim/index.ts";
import { HostFault } from "../faults.ts";

/** What a part of a check looks at, as a caller of a pre-flight check can pick it. */
export type TestType = vim.CheckTestType;

export const testTypes: readonly TestType[] = [
  "sourceTests",
  "hostTests",
  "resourcePoolTests",
  "datastoreTests",
  "networkTests",
];

/**
 * One part of a check. An operation ends with the first fault; a pre-flight check notes every fault there is and goes on with what
 * takes the place of the missing answer.
 */
export type Attempt = <T>(test: TestType, otherwise: T, work: () => T) => T;

/** The first fault ends it. */
export const strictly: Attempt = (_test, _otherwise, work) => work();

/** All faults of a check, in the order in which the operation itself would meet them. */
export class Findings {
  readonly #found: { readonly test: TestType; readonly fault: HostFault }[] = [];

  readonly attempt: Attempt = (test, otherwise, work) => {
    try {
      return work();
    } catch (error) {
      this.note(test, error);
      return otherwise;
    }
  };

  /** Notes a fault. What is no fault is a mistake of ours, and is thrown on. */
  note(test: TestType, error: unknown): void {
    if (!(error instanceof HostFault)) throw error;
    this.#found.push({ test, fault: error });
  }

  /** The faults of some kinds of tests; where none is named, of all. */
  faults(tests: readonly string[] = []): readonly HostFault[] {
    const wanted = this.#found.filter(({ test }) => tests.length === 0 || tests.includes(test));
    return wanted.map(({ fault }) => fault);
  }
}
