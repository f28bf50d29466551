import { SaxesParser } from "saxes";
import type { Good } from "./goods.ts";
import type { Outcome } from "./lane.ts";

/** What a server may say to whatever it is sent. */
const statuses = new Set([
  200, 201, 204, 206, 304, 400, 401, 403, 404, 405, 406, 408, 409, 411, 413, 414, 415, 416, 417, 422, 426, 429, 431,
  500, 501, 503, 505, 507,
]);

/** What is wrong with an answer; undefined where nothing is. `whole`: the request was one of HTTP, whatever was in it. */
export function complaint(good: Good, outcome: Outcome, whole: boolean): string | undefined {
  const { door, method, body } = good;
  if (outcome === "silent") return waits(good) ? undefined : "there is no answer";
  if (outcome === "closed") return whole ? "the server hung up" : undefined;
  const { status, head } = outcome;
  if (!statuses.has(status)) return `the status is ${status}`;
  const text = outcome.body.subarray(0, 2 ** 20).toString();
  if (/\bSystemError\b/.test(text)) return `a mistake of ours: ${text.slice(0, 600)}`;
  if (/\bat \S+ \(?(?:file:|\/|node:)\S+:\d+/.test(text)) return "the answer shows where something went wrong";
  if (status === 503) return "the status is 503";
  if (status === 500 && !isFault(head, text)) return `a failure without its fault: ${text.slice(0, 300)}`;
  if (!whole || status >= 300 || method === "GET" || method === "HEAD") return undefined;
  if (door === "soap" && !isXml(body)) return "what is no XML is answered as if it were";
  if (door === "json" && body.trim() !== "" && !isJson(body)) return "what is no JSON is answered as if it were";
  return undefined;
}

/** Whether what is answered with 500 says which fault of vSphere's it is, in the form of the door that was asked. */
function isFault(head: string, text: string): boolean {
  if (/^content-type: text\/xml/im.test(head)) return /<\w+Fault [^>]*xsi:type="/.test(text);
  return /^content-type: application\/json/im.test(head) && /"(?:_typeName|error_type|type)":"\w/.test(text);
}

/** A client may have to wait for news, or for a session's. */
export const waits = ({ path, body }: Good): boolean => /WaitFor/.test(path) || /WaitFor/.test(body);

function isXml(text: string): boolean {
  const parser = new SaxesParser({ xmlns: true });
  let right = true;
  parser.on("error", () => {
    right = false;
  });
  try {
    parser.write(text).close();
  } catch {
    return false;
  }
  return right;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
