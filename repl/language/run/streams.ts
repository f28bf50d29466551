import type { Host, HostText, ProgressRecord } from "../command/host.ts";
import type { ErrorRecord } from "../errors/error-record.ts";
import type { Maybe } from "../maybe.ts";
import type { Value } from "../values/value.ts";

/** The streams beside the output: by default the host's; a redirection sends some of them elsewhere. */
export interface Streams {
  error(record: ErrorRecord): Maybe<void>;
  warning(text: string): Maybe<void>;
  verbose(text: string): Maybe<void>;
  debug(text: string): Maybe<void>;
  information(value: Value): Maybe<void>;
  text(text: string, options: HostText): Maybe<void>;
  progress(record: ProgressRecord): Maybe<void>;
}

/** Numbers of the streams, as redirections write them. */
export const STREAM = { output: 1, error: 2, warning: 3, verbose: 4, debug: 5, information: 6 } as const;

export function hostStreams(host: Host): Streams {
  return {
    error: (record) => host.error(record),
    warning: (text) => host.warning(text),
    verbose: (text) => host.verbose(text),
    debug: (text) => host.debug(text),
    information: (value) => host.information(value),
    text: (text, options) => host.text(text, options),
    progress: (record) => host.progress(record),
  };
}
