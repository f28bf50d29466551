/** A reader of the first lines who then leaves (`| head -1`) does not end the server, as he ends other commands. */
export function outlivesReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.removeAllListeners("error");
    stream.on("error", () => {});
  }
}

/** Prints, and resolves when it is printed. */
export const print = (text: string): Promise<void> =>
  new Promise((resolve) => {
    process.stdout.write(text, () => resolve());
  });
