/** Something about a fork that did not fail and yet is not as its caller may think. */
export interface ForkWarning {
  /** `IgnoredSetting`: a key of `guestInfo` that changes nothing. `LeftDisconnected`: network cards that were not connected again. */
  readonly code: "IgnoredSetting" | "LeftDisconnected";
  /** The machine that it is about; of a setting that every fork is given, the first. */
  readonly name: string;
  /** What is so, and what to do. */
  readonly message: string;
}

export type OnWarning = (warning: ForkWarning) => void;

/** Where nobody listens, Node tells: warnings go to standard error, once each. */
export const tellNode: OnWarning = ({ code, message }) => process.emitWarning(message, { type: "FargoWarning", code });
