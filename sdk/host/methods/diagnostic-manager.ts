import type { Handlers } from "../call.ts";
import { notSupported } from "../faults.ts";
import { readLog, vcenterLog } from "../settings/log.ts";

export const diagnosticManager: Handlers<"DiagnosticManager"> = {
  QueryDescriptions(_call, { host }) {
    if (host) throw notSupported("Reading the logs of a host");
    const info = {
      _typeName: "Description",
      label: "vCenter log",
      summary: "What has happened, an event a line",
    } as const;
    return [{ key: vcenterLog, fileName: "vpxd.log", creator: "vpxd", format: "plain", mimeType: "text/plain", info }];
  },

  BrowseDiagnosticLog({ core }, { host, key, start = 0, lines = 1_000 }) {
    if (host) throw notSupported("Reading the logs of a host");
    return readLog(core.universe.view, key, start, lines);
  },
};
