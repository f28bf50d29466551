import type { Sink } from "./sink.ts";
import { STREAM, type Streams } from "./streams.ts";

/** Streams of which some go to a sink, as objects. */
export function redirected(base: Streams, sinks: ReadonlyMap<number, Sink>): Streams {
  const error = sinks.get(STREAM.error);
  const warning = sinks.get(STREAM.warning);
  const verbose = sinks.get(STREAM.verbose);
  const debug = sinks.get(STREAM.debug);
  const information = sinks.get(STREAM.information);
  return {
    error: error ? (record) => error.write(record) : (record) => base.error(record),
    warning: warning ? (text) => warning.write(text) : (text) => base.warning(text),
    verbose: verbose ? (text) => verbose.write(text) : (text) => base.verbose(text),
    debug: debug ? (text) => debug.write(text) : (text) => base.debug(text),
    information: information ? (value) => information.write(value) : (value) => base.information(value),
    text: information ? (text) => information.write(text) : (text, options) => base.text(text, options),
    progress: (record) => base.progress(record),
  };
}
