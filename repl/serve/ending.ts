const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Who asks the program to end: signals at any moment, and what else is told to. */
export interface Ending {
  /** Resolves when the end was asked for. */
  readonly asked: Promise<void>;
  readonly isAsked: () => boolean;
  ask(): void;
}

/** Watches for signals: the first asks for the end, the second one ends at once. */
export function watchForEnd(): Ending {
  let asked = false;
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  const ask = () => {
    asked = true;
    resolve();
  };
  for (const signal of signals) {
    process.on(signal, () => {
      if (asked) process.exit(0);
      ask();
    });
  }
  return { asked: promise, isAsked: () => asked, ask };
}
