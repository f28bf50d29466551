import { UsageError } from "../exit.ts";

/** Where to listen. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/**
 * Reads `127.0.0.1:8989`, `[::1]:0`, `localhost:8989`, `:8989` and `8989`.
 *
 * @param option what the address was given to, for the error
 * @param everywhere what stands for the host when only a port is given
 * @throws UsageError that says what it should be
 */
export function parseAddress(text: string, option: string, everywhere = "127.0.0.1"): Address {
  const match = /^(?:(?:\[([0-9a-fA-F:.%\w]+)\]|([^:[\]\s/]*)):)?(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  if (!match || port > 65_535) {
    throw new UsageError(
      `${option} is an address and a port, as 127.0.0.1:8989 or [::1]:0, not ${JSON.stringify(text)}`,
    );
  }
  return { host: match[1] || match[2] || everywhere, port };
}
