import { type Call, type Handlers, sessionOf } from "../call.ts";
import { Lease } from "../export/lease.ts";
import { invalidArgument } from "../faults.ts";
import { sessionObject } from "../session/sessions.ts";

const leaseOf = (call: Call): Lease => sessionObject(sessionOf(call), call.self, Lease);

export const httpNfcLease: Handlers<"HttpNfcLease"> = {
  HttpNfcLeaseProgress(call, { percent }) {
    if (!Number.isInteger(percent) || percent < 0 || percent > 100)
      throw invalidArgument("percent", `It must be a whole number from 0 to 100, not ${percent}.`);
    leaseOf(call).progress(percent);
  },
  HttpNfcLeaseGetManifest: (call) => leaseOf(call).manifest(),
  HttpNfcLeaseSetManifestChecksumType(call, { deviceUrlsToChecksumTypes = [] }) {
    for (const { value } of deviceUrlsToChecksumTypes)
      if (value !== "sha1" && value !== "sha256")
        throw invalidArgument(
          "deviceUrlsToChecksumTypes",
          `A checksum is sha1 or sha256, not '${value.slice(0, 40)}'.`,
        );
    leaseOf(call).chooseChecksums(deviceUrlsToChecksumTypes);
  },
  HttpNfcLeaseComplete: (call) => leaseOf(call).complete(),
  HttpNfcLeaseAbort: (call, { fault }) => leaseOf(call).abort(fault),
};
