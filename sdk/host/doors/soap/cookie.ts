const name = "vmware_soap_session";

/**
 * The token in a `Cookie` header. The quotes are part of vCenter's cookie; some clients echo all of `Set-Cookie`, others leave the
 * quotes away, or send other cookies too.
 */
export function soapToken(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const at = header.indexOf(`${name}=`);
  if (at < 0) return undefined;
  const match = /^"?([^";,\s]{1,200})"?/.exec(header.slice(at + name.length + 1, at + name.length + 256));
  return match?.[1];
}

export const cookieHeader = (token: string, secure: boolean): string =>
  `${name}="${token}"; Path=/; HttpOnly;${secure ? " Secure;" : ""}`;
