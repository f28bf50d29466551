/** Elements whose text is a secret: passwords, tokens, tickets, cookies, assertions. */
const secret =
  /(<(?:[\w.-]{1,50}:)?(?:password|oldPassword|newPassword|token|base64Token|cloneTicket|ticket|vcSessionCookie|passphrase|sessionTicket|secret|Assertion)\b[^>]{0,2000}>)[^<]*/gi;

/** A SOAP text without its secrets. */
export const redacted = (text: string): string => text.replace(secret, "$1...");
