import type { IndexPage } from "../../datastore/index-page.ts";

const marks: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (mark) => marks[mark] ?? mark);

/** A list of files and directories as a web page whose links `wget -r` and `curl` follow. */
export function* pageOf({ title, above, entries }: IndexPage): Generator<string> {
  const heading = escaped(title);
  yield `<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>${heading}</title></head><body>\n<h1>${heading}</h1>\n`;
  yield "<table><tr><th>Name</th><th>Last modified</th><th>Size</th></tr>\n";
  if (above !== undefined)
    yield `<tr><td><a href="${escaped(above)}">Parent Directory</a></td><td></td><td>-</td></tr>\n`;
  for (const { name, href, modified, size } of entries) {
    const when = modified ? new Date(modified).toUTCString() : "";
    yield `<tr><td><a href="${escaped(href)}">${escaped(name)}</a></td><td>${when}</td><td>${size ?? "-"}</td></tr>\n`;
  }
  yield "</table></body></html>\n";
}
