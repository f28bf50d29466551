import type { TLSSocket } from "node:tls";
import { VsphereError } from "../errors.ts";
import type { Address } from "./address.ts";

/** Whom to believe. Without any of these: the authorities that this system knows. */
export interface Trust {
  /** SHA-256 or SHA-1 of the server's certificate in hex, with colons or without: that one and no other. */
  readonly thumbprint?: string | undefined;
  /** Authorities to believe, in PEM. */
  readonly ca?: string | undefined;
  /** Takes any certificate: whoever is in between can read and change everything. */
  readonly insecure?: boolean | undefined;
}

const bare = (thumbprint: string): string => thumbprint.replace(/[^0-9a-f]/gi, "").toUpperCase();

/** Why the server at the other end is not the one that was meant, or nothing. */
export function untrusted(socket: TLSSocket, trust: Trust, { origin }: Address): VsphereError | undefined {
  const { thumbprint, insecure } = trust;
  if (thumbprint === undefined && (insecure === true || socket.authorized)) return undefined;
  const { fingerprint256 = "", fingerprint = "" } = socket.getPeerCertificate();
  if (thumbprint !== undefined) {
    const wanted = bare(thumbprint);
    if (wanted !== "" && [bare(fingerprint256), bare(fingerprint)].includes(wanted)) return undefined;
  }
  const why = thumbprint === undefined ? reasonOf(socket) : "it is another one than the given thumbprint names";
  return new UntrustedCertificate(
    `The certificate of ${origin} is not trusted: ${why}. Its thumbprint (SHA-256) is ${fingerprint256}. Nothing was sent.`,
    fingerprint256,
  );
}

/** A server whose certificate is not to be trusted, as it is. */
export class UntrustedCertificate extends VsphereError {
  /** SHA-256 of the certificate: for a user who is asked whether that is the server he means. */
  readonly thumbprint: string;
  constructor(message: string, thumbprint: string) {
    super("UntrustedCertificate", message);
    this.thumbprint = thumbprint;
  }
}

const reasons: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: "it has signed itself",
  SELF_SIGNED_CERT_IN_CHAIN: "its authority is not known here",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its authority is not known here",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its authority is not known here",
  CERT_HAS_EXPIRED: "it has expired",
  CERT_NOT_YET_VALID: "it is not valid yet",
  ERR_TLS_CERT_ALTNAME_INVALID: "it is for another name",
};

/** Node gives the code of what is wrong, or an error with it. */
function reasonOf({ authorizationError: error }: { readonly authorizationError: unknown }): string {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : error;
  return reasons[String(code)] ?? `it cannot be verified (${String(code)})`;
}

const failures: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "there is no host of that name",
  EAI_AGAIN: "its name cannot be looked up now",
  ETIMEDOUT: "it does not answer",
  ECONNRESET: "it closed the connection",
  EPROTO: "it does not speak TLS",
};

/** For a server that is not to be reached. */
export const connectionFailed = (error: Error & { readonly code?: string }, origin: string): VsphereError =>
  error instanceof VsphereError
    ? error
    : new VsphereError(
        "ConnectionFailed",
        `${origin} cannot be reached: ${failures[error.code ?? ""] ?? error.message}.`,
        { cause: error },
      );
