import { VsphereError } from "./errors.ts";
import type { GuestCredentials } from "./guest/credentials.ts";
import type { Host, HostOptions } from "./host/index.ts";
import { Session } from "./session.ts";
import { memoryTransport } from "./transport/memory.ts";
import type { vim } from "./vim/index.ts";

export interface ConnectOptions {
  /** Who logs in. Without it the embedded vCenter takes its owner as administrator. */
  readonly user?: string;
  readonly password?: string;
  /** Shown in the server's list of sessions. Default: `fargo`. */
  readonly userAgent?: string;
  /** Of a server by its address: SHA-256 or SHA-1 of its certificate in hex. That certificate is taken, and no other. */
  readonly thumbprint?: string | undefined;
  /** Of a server by its address: the authorities to believe, in PEM. Default: those that Node knows. */
  readonly ca?: string | undefined;
  /** Of a server by its address: takes any certificate. Whoever is in between can read and change everything. */
  readonly insecure?: boolean | undefined;
  /** The account of their own that guests know, for `vm.guest`. Default on the built-in vCenter: root, whose password is `fargo`. */
  readonly guest?: GuestCredentials;
}

const root = { type: "ServiceInstance", value: "ServiceInstance" } as const;

/** Starts a simulated vCenter in this process. The simulator is loaded by this call, not by importing the SDK. */
export async function startHost(options: HostOptions = {}): Promise<Host> {
  const { startHost: start } = await import("./host/index.ts");
  return start(options);
}

/**
 * Connects to a vCenter: without arguments to a new simulated one, which ends with the session; with a host to that one; with an
 * address (`https://vcenter.example.com`, or the name alone) to the vCenter or ESXi there, over SOAP.
 *
 * @throws VsphereError `InvalidLogin`; `ConnectionFailed`; `UntrustedCertificate`, whose message has the thumbprint; `BadAnswer`
 * from what is no vSphere.
 * @example
 * const vc = await connect();
 * console.log(vc.about.fullName);
 * await vc.close();
 */
export async function connect(target?: Host | string, options: ConnectOptions = {}): Promise<Session> {
  if (typeof target === "string") {
    const { connectServer } = await import("./connect-server.ts");
    return connectServer(target, options);
  }
  const own = target === undefined;
  const host = target ?? (await startHost());
  const { HostFault, guestRoot } = await import("./host/index.ts");
  const faultOf = (error: unknown) =>
    error instanceof HostFault
      ? new VsphereError(error.name, error.message, { fault: error.fault, cause: error })
      : undefined;
  const client = host.connect({ loggedIn: options.user === undefined, userAgent: options.userAgent ?? "fargo" });
  const transport = memoryTransport({ host, client, faultOf }, () => {
    if (own) host.close();
  });

  try {
    // The schema says what RetrieveServiceContent returns.
    const content = (await transport.call(root, "RetrieveServiceContent", {})) as vim.ServiceContent;
    const manager = content.sessionManager;
    if (options.user !== undefined && manager) {
      await transport.call(manager, "Login", { userName: options.user, password: options.password ?? "" });
    }
    const end = async () => {
      if (manager && !host.closed) await transport.call(manager, "Logout", {});
      await transport.close();
    };
    return new Session(transport, content, end, options.guest ?? guestRoot);
  } catch (error) {
    await transport.close();
    throw error;
  }
}
