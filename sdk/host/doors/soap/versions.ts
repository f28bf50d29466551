import { apiVersions } from "../../../vim/schema.ts";
import { apiVersion } from "../../content.ts";

let text: string | undefined;

/** What clients choose a version by, `vimServiceVersions.xml`: the newest version, and those before it. Every one from 6.7 on. */
export function versionsFile(): string {
  text ??= write();
  return text;
}

function write(): string {
  // Some clients look at the first name alone: it is the one that `about.apiVersion` has.
  const known = apiVersions().filter((version) => Number.parseFloat(version) >= 6.7);
  const prior = known.filter((version) => version !== apiVersion).reverse();
  const lines = prior.map((version) => `   <version>${version}</version>`).join("\n");
  return `<?xml version="1.0" encoding="UTF-8" ?>
<!-- The versions of the vSphere API that this server speaks. -->
<namespaces version="1.0">
 <namespace>
  <name>urn:vim25</name>
  <version>${apiVersion}</version>
  <priorVersions>
${lines}
  </priorVersions>
 </namespace>
</namespaces>
`;
}
