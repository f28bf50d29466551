import fc from "fast-check";
import { it } from "vitest";
import { happenings, Trial } from "./trial.ts";

const step = fc.tuple(fc.constantFrom(...happenings), fc.nat(1000), fc.nat(1000));

it("machines agree with a naive model in content, figures and all that is kept twice, whatever is done to them", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 60, size: "max" }), fc.boolean(), (steps, slow) => {
      const trial = new Trial({ slow });
      try {
        for (const args of steps) {
          trial.step(...args);
          trial.check();
        }
        trial.end();
      } finally {
        trial.close();
      }
    }),
    { numRuns: Number(process.env.FARGO_RUNS ?? 20) },
  );
});
