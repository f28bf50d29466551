import type { Ref } from "../../vim/index.ts";
import type { View } from "../state/view.ts";
import { placeAt } from "./place.ts";

/** What it takes to change files at a path. What is wrong with the path is for the operation itself to say. */
export function managing(
  view: View,
  name: string,
  datacenter: Ref | undefined,
): readonly (readonly [entity: number, privilege: string])[] {
  try {
    return [[placeAt(view, name, datacenter).store.id, "Datastore.FileManagement"]];
  } catch {
    return [];
  }
}
