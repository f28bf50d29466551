import { UntrustedCertificate } from "../../../sdk/index.ts";
import type { Connection } from "../../inventory/connection.ts";
import { builtIn, type Connections, type LogInOptions } from "../../inventory/connections.ts";
import type { CommandContext } from "../../language/index.ts";

/** Connects, and asks for what is missing where somebody can answer: the password, and whether an unknown server is the one meant. */
export async function logIn(
  ctx: CommandContext<unknown>,
  open: Connections,
  name: string,
  given: LogInOptions,
): Promise<Connection> {
  const options = name.toLowerCase() === builtIn ? given : await withAccount(ctx, name, given);
  try {
    return await open.connect(name, options);
  } catch (error) {
    if (!(error instanceof UntrustedCertificate) || !ctx.session.host.interactive || given.thumbprint !== undefined)
      throw error;
    const { message, thumbprint } = error;
    const answer = await ctx.prompt({
      kind: "choice",
      title: "Untrusted certificate",
      message: `${message}\nIs that the server you mean?`,
      choices: [
        { label: "&Yes", help: "Connect, and take this certificate and no other in this session." },
        { label: "&No", help: "Do not connect." },
      ],
      default: 1,
    });
    if (answer !== "0") throw error;
    return open.connect(name, { ...options, thumbprint });
  }
}

/** The account: as given, as the address says, from the environment (`FARGO_PASSWORD`), or as somebody answers. */
async function withAccount(ctx: CommandContext<unknown>, name: string, given: LogInOptions): Promise<LogInOptions> {
  const inAddress = /^(?:[a-z]+:\/\/)?([^@/:]+)(:[^@/]*)?@/i.exec(name);
  const ask = (message: string, secret: boolean) => ctx.prompt({ kind: "text", message, secret });
  const { interactive } = ctx.session.host;
  let { user, password } = given;
  if (user === undefined && inAddress === null && interactive) user = await ask(`User for ${name}`, false);
  if (password === undefined && inAddress?.[2] === undefined) {
    password = process.env.FARGO_PASSWORD || undefined;
    if (password === undefined && interactive)
      password = await ask(`Password for ${user ?? inAddress?.[1] ?? name}`, true);
  }
  return { ...given, ...(user === undefined ? {} : { user }), ...(password === undefined ? {} : { password }) };
}
