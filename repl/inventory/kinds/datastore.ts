import { kind } from "../kind.ts";
import { GB, MB, number, text, truth } from "../values.ts";

/** What `Get-Datastore` puts out. */
export const datastore = kind(
  "Datastore",
  "Datastore",
  ["summary.capacity", "summary.freeSpace", "summary.accessible", "summary.type"],
  {
    FreeSpaceMB: (values) => number(values["summary.freeSpace"]) / MB,
    FreeSpaceGB: (values) => number(values["summary.freeSpace"]) / GB,
    CapacityMB: (values) => number(values["summary.capacity"]) / MB,
    CapacityGB: (values) => number(values["summary.capacity"]) / GB,
    Accessible: (values) => truth(values["summary.accessible"]),
    Type: (values) => text(values["summary.type"]),
    State: (values) => (truth(values["summary.accessible"]) ? "Available" : "Unavailable"),
  },
);
