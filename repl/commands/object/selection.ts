import { after, isMembers, List, type Maybe, PSObject, typeNameOf, type Value } from "../../language/index.ts";
import { wildcard } from "../../language/regex/wildcard.ts";
import { all } from "../../render/all.ts";
import { findProperty } from "../../render/properties.ts";
import { expand, type PropertyExpression } from "./property-expression.ts";

/** The properties of `item` that were asked for, as an object of its own. */
export function selectProperties(
  item: Value,
  expressions: readonly PropertyExpression[],
  excluded: readonly string[],
): Maybe<PSObject> {
  const chosen = expand(expressions, item).filter(
    ({ label }) => !excluded.some((pattern) => wildcard(pattern).test(label)),
  );
  const values = all(chosen.map((expression) => expression.read(item)));
  return after(values, (read) => {
    const object = new PSObject([`Selected.${originalType(item)}`, ...customTypes]);
    chosen.forEach(({ label, name }, index) => {
      // A property that was asked for by its plain name is spelled as the object spells it.
      const shown = name === label ? (findProperty(item, label) ?? label) : label;
      if (object.member(shown) === undefined) object.note(shown, single(read[index] ?? null));
    });
    return object;
  });
}

const customTypes = ["System.Management.Automation.PSCustomObject", "System.Object"];

function originalType(item: Value): string {
  const name = isMembers(item) ? (item.typeNames[0] ?? "System.Object") : typeNameOf(item);
  return name.replace(/^Selected\./, "");
}

// A list is the language's own collection: a copy keeps the selected object apart from what it was taken from.
function single(value: Value): Value {
  return value instanceof List ? [...value.items] : value;
}

/** The elements of a property's value for `-ExpandProperty`; each gets the other selected properties where it can. */
export function expandInto(value: Value, extra: PSObject | undefined): readonly Value[] {
  const items: readonly Value[] = Array.isArray(value) ? value : value instanceof List ? value.items : [value];
  const present = items.filter((item) => item !== null);
  return extra === undefined ? present : present.map((item) => withNotes(item, extra));
}

function withNotes(item: Value, extra: PSObject): Value {
  if (!(item instanceof PSObject)) return item;
  const copy = item.copy();
  for (const name of extra.memberNames()) {
    if (copy.member(name) === undefined) copy.note(name, extra.get(name) ?? null);
  }
  return copy;
}
