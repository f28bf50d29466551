import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { UsageError } from "../exit.ts";
import { reasonOf } from "./failure.ts";

/** A certificate and its key, in PEM. */
export interface Credentials {
  readonly cert: string;
  readonly key: string;
}

/**
 * Reads a certificate and its key.
 *
 * @param options how the command line calls them
 * @throws UsageError that names the file and what is wrong with it
 */
export function readCredentials(cert: string, key: string, options: readonly [string, string]): Credentials {
  const texts = { cert: read(cert, options[0]), key: read(key, options[1]) };
  const certificate = understood(cert, options[0], "certificate", () => new X509Certificate(texts.cert));
  const privateKey = understood(key, options[1], "private key", () => createPrivateKey(texts.key));
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new UsageError(
      `the private key in ${JSON.stringify(key)} is not that of the certificate in ${JSON.stringify(cert)}`,
    );
  }
  return texts;
}

function read(path: string, option: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(`${option} ${JSON.stringify(path)} cannot be read: ${reasonOf(error)}`);
  }
}

function understood<T>(path: string, option: string, kind: string, make: () => T): T {
  try {
    return make();
  } catch {
    throw new UsageError(`${option} ${JSON.stringify(path)} holds no ${kind} in PEM (without a passphrase)`);
  }
}
