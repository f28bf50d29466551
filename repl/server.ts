import { quote } from "./complete/quote.ts";
import type { Console } from "./console.ts";

/** Connects to what `--server` names: a profile, else a URL or host name. The errors are shown; the answer is whether it worked. */
export async function connectTo(console: Console, server: string, signal: AbortSignal): Promise<boolean> {
  const { openConfiguration } = await import("./config.ts");
  const profile = openConfiguration().profile(server) ?? { url: server };
  const user = profile.user === undefined ? "" : ` -User ${quote(profile.user, "'")}`;
  const { thumbprint, insecure } = profile;
  const trust = thumbprint !== undefined ? ` -Thumbprint ${quote(thumbprint, "'")}` : insecure ? " -Force" : "";
  const text = `$null = Connect-VIServer -Server ${quote(profile.url, "'")}${user}${trust} -ErrorAction Stop`;
  return (await console.run(text, { signal })).exitCode === 0;
}
