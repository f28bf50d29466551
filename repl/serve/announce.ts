import type { Colours } from "../render/colour.ts";
import { visible } from "../render/safe.ts";

/** What one has to know to use the server. */
export interface Announcement {
  readonly version: string;
  readonly url: string;
  readonly user: string;
  /** The password where it was made here; else it is not repeated, only where it comes from. */
  readonly password: { readonly made: string } | { readonly from: "environment" | "option" };
  readonly thumbprint: string | undefined;
  readonly watched: boolean;
  /** Whether it listens at all addresses of the machine, of which the URL has one. */
  readonly everywhere: boolean;
}

const quoted = (text: string): string => (/^[\w@.:/%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** What `fargo serve` prints when it is ready. */
export function announcement(given: Announcement, colours: Colours): string {
  const { url, user, password, thumbprint } = given;
  const { hostname, port, protocol } = new URL(url);
  const secure = protocol === "https:";
  const host = hostname.replace(/^\[|\]$/g, "");
  const number = port === "" ? (secure ? "443" : "80") : port;
  const made = "made" in password;
  const [secret, pwd] =
    "made" in password
      ? [quoted(password.made), JSON.stringify(password.made)]
      : password.from === "environment"
        ? ['"$FARGO_PASSWORD"', 'os.environ["FARGO_PASSWORD"]']
        : ["...", '"..."'];
  const python = [
    `host=${JSON.stringify(host)}`,
    `port=${number}`,
    `user=${JSON.stringify(user)}`,
    `pwd=${pwd}`,
    secure ? "disableSslCertValidation=True" : 'protocol="http"',
  ];
  const facts: readonly (readonly [string, string])[] = [
    ["url", url],
    ["user", visible(user)],
    ["password", "made" in password ? password.made : "as given"],
    ...(thumbprint === undefined ? [] : [["thumbprint", thumbprint] as const]),
  ];
  const tools: readonly (readonly [string, string])[] = [
    [
      "govc",
      `export GOVC_URL=${url} GOVC_USERNAME=${quoted(user)} GOVC_PASSWORD=${secret}${secure ? " GOVC_INSECURE=1" : ""}`,
    ],
    ["fargo", `fargo --server ${quoted(withUser(url, user))}`],
    ["pyvmomi", `SmartConnect(${python.join(", ")})`],
  ];
  const line = ([name, text]: readonly [string, string]) => `  ${colours.dim(name.padEnd(10))}  ${text}`;
  return [
    `${colours.bold(`Fargo ${given.version}`)}: a simulated vCenter listens at ${colours.cyan(new URL(url).origin)}${given.everywhere ? ", and at every other address of this machine" : ""}`,
    "",
    ...facts.map(line),
    "",
    ...tools.map(line),
    "",
    `${made ? "The password is made anew at every start. " : ""}${given.watched ? "Requests are shown as they come. " : ""}Ctrl-C ends it.`,
    "",
  ].join("\n");
}

function withUser(url: string, user: string): string {
  const { protocol, host } = new URL(url);
  return `${protocol}//${encodeURIComponent(user)}@${host}`;
}
