import type { ManagedType, Ref } from "../../../vim/index.ts";
import { isSubtype, type ManagedInfo, managedType } from "../../../vim/schema.ts";
import type { Host } from "../../host.ts";
import { find, lookUp } from "../../property/objects.ts";
import { readerOf } from "../../property/reader.ts";
import type { Connection } from "../../session/connection.ts";
import { numberIn } from "../../state/id.ts";
import { HttpError } from "../http-error.ts";
import { type Release, releases } from "./release.ts";

/** What an address of VI/JSON names. */
export interface Target {
  readonly release: Release;
  readonly type: string;
  readonly id: string;
  /** A property, or a method. */
  readonly member: string;
}

/** `/sdk/vim25/{release}/{type}/{id}/{member}`. Throws HttpError 404 and 400. */
export function targetIn(path: string): Target {
  const [name = "", type = "", id = "", member = "", ...more] = path
    .slice("/sdk/vim25/".length)
    .split("/")
    .map(decoded);
  const release = releases().get(name);
  if (!release)
    throw new HttpError(404, `There is no release '${shown(name)}'. There are ${[...releases().keys()].join(", ")}.`);
  if (more.length > 0 || foreign.has(type)) {
    throw new HttpError(
      404,
      `'${shown(type)}' is an API that is not simulated: only vim25 is, without a name in front.`,
    );
  }
  if (member === "") throw new HttpError(404, "An address names a type, an id, and a property or a method.");
  return { release, type, id, member };
}

/** Other APIs that are at the same address, each below a name of its own. */
const foreign: ReadonlySet<string> = new Set(["pbm", "sms", "vslm", "eam", "vsan"]);

/**
 * The object, whose type an address may give as the one that declares the member. What is not there is returned as it was named:
 * the dispatcher says that it is missing. Throws HttpError 404 for a type that is not there.
 */
export function objectOf(host: Host, connection: Connection, { type, id }: Target): { ref: Ref; info: ManagedInfo } {
  const info = managedType(type);
  if (!info) throw new HttpError(404, `There is no managed type '${shown(type)}' in vim25.`);
  const reader = readerOf(host, connection.session);
  const given = { type: info.name as ManagedType, value: id };
  if (lookUp(reader, given)) return { ref: given, info };
  const found = find(reader, id) ?? find(reader, numberIn(id)) ?? find(reader, -numberIn(id));
  const concrete = found && managedType(found.type);
  if (!concrete || found.ref.value !== id || !isSubtype(found.type, type)) return { ref: given, info };
  return { ref: found.ref, info: concrete };
}

export const shown = (text: string): string => text.slice(0, 100);

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new HttpError(400, "The address holds a percent sign that escapes nothing.");
  }
}
