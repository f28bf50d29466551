/** How far something has come. Every long call reports the same small record. */
export interface Progress {
  /** What is being done: `Forking golden`. */
  readonly activity: string;
  readonly done: number;
  readonly total: number;
  /** Of those done, how many failed. */
  readonly failed: number;
}

/** What every call takes that may be given up. */
export interface CallOptions {
  /** Aborting it ends the call with an `Aborted` error. */
  readonly signal?: AbortSignal | undefined;
}

/** What long calls take as well. */
export interface ProgressOptions extends CallOptions {
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}
