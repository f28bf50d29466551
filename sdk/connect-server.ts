import type { ConnectOptions } from "./connect.ts";
import { VsphereError } from "./errors.ts";
import { Session } from "./session.ts";
import { addressOf } from "./transport/address.ts";
import { Http } from "./transport/http.ts";
import { soapTransport } from "./transport/soap.ts";
import type { vim } from "./vim/index.ts";

const root = { type: "ServiceInstance", value: "ServiceInstance" } as const;

/** Logs in to a vCenter or an ESXi at an address. */
export async function connectServer(target: string, options: ConnectOptions): Promise<Session> {
  const address = addressOf(target);
  const user = options.user ?? address.user;
  const password = options.password ?? address.password;
  if (user === undefined || password === undefined) {
    throw new VsphereError(
      "InvalidArgument",
      `${address.origin} asks who you are: give ${user === undefined ? "user and password" : "the password"}.`,
    );
  }
  const { thumbprint, ca, insecure } = options;
  const http = new Http(address, { thumbprint, ca, insecure });
  try {
    const transport = await soapTransport(http, options.userAgent ?? "fargo");
    // The schema says what RetrieveServiceContent returns.
    const content = (await transport.call(root, "RetrieveServiceContent", {})) as vim.ServiceContent;
    const manager = content.sessionManager;
    if (!manager) throw new VsphereError("NotSupported", `${address.origin} has no sessions to log in to.`);
    await transport.call(manager, "Login", { userName: user, password });
    const end = async () => {
      try {
        await transport.call(manager, "Logout", {});
      } finally {
        await transport.close();
      }
    };
    return new Session(transport, content, end, options.guest);
  } catch (error) {
    http.close();
    throw error;
  }
}
