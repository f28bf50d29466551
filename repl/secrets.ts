const secret = "(?:pass(?!thru)|pwd|secret|token|api_?key|license_?key|private_?key)";

const signs: readonly RegExp[] = [
  // -Password, -GuestPassword, -ApiKey, and the abbreviations PowerShell would take for them
  new RegExp(String.raw`(?:^|[\s({;|])[-\u2013-\u2015](?:\w*${secret}\w*|pas?|pw)(?=[\s:'"($]|$)`, "i"),
  // $password = ..., $env:GOVC_PASSWORD = ..., @{ Password = ... }, "guestinfo.token" = ...
  new RegExp(String.raw`${secret}\w*["'}]?\s*=(?!=)`, "i"),
  /ConvertTo-SecureString|PSCredential|NetworkCredential/i,
  // https://user:password@server
  /:\/\/[^\s/'"]*:[^\s'"]*@/,
  /\bbearer\s+\S/i,
  /PRIVATE KEY-----/,
];

/**
 * Whether a line must not be written to a file, because it may hold a password or another secret. It would rather forget a
 * harmless line than keep a secret.
 */
export function holdsSecret(line: string): boolean {
  return signs.some((sign) => sign.test(line));
}
