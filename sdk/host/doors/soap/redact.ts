/** Elements whose text is a secret: passwords, tokens, tickets, cookies, assertions; the answers that are tickets; URLs with tokens. */
const secret =
  /(<(?:[\w.-]{1,50}:)?(?:password|oldPassword|newPassword|token|base64Token|cloneTicket|ticket|vcSessionCookie|passphrase|sessionTicket|secret|Assertion)\b[^>]{0,2000}>)[^<]*/gi;
const ticket = /(<(Acquire\w{1,50}Ticket)Response\b[^>]{0,200}>).*?(<\/\2Response>)/gs;
const url = /([?&;]token=|\/nfc\/|\/ticket\/)[^/&<]*/g;

/** A SOAP text without its secrets. */
export const redacted = (text: string): string =>
  text.replace(secret, "$1...").replace(ticket, "$1...$3").replace(url, "$1...");
