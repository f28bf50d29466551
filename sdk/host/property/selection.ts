import type { vim } from "../../vim/index.ts";
import { isSubtype, type ManagedInfo, managedType } from "../../vim/schema.ts";
import { fault, invalidArgument } from "../faults.ts";
import { type Path, pathOf } from "./path.ts";
import { invalidProperty } from "./path-syntax.ts";

/** From objects of a type along one of its properties to others. */
export interface Edge {
  readonly type: string;
  readonly path: string;
  /** Whether what it leads to is reported. */
  readonly report: boolean;
  /** Where it goes on from there. */
  readonly next: Selection;
}

/** The edges that are followed from an object. Selections refer to each other by name, so they may form a ring. */
export interface Selection {
  readonly edges: Edge[];
}

const nothing: Selection = Object.freeze({ edges: [] });

/** Reads the selection specs of one object spec. Throws InvalidProperty, InvalidType or InvalidArgument, naming what is wrong. */
export function selectionOf(specs: readonly vim.SelectionSpec[] | undefined): Selection {
  const named = new Map<string, vim.TraversalSpec>();
  collect(specs, named);
  const edges = new Map<vim.TraversalSpec, Edge>();
  const follow = (list: readonly vim.SelectionSpec[] | undefined): Selection =>
    list && list.length > 0 ? { edges: list.map(edgeOf) } : nothing;
  const edgeOf = (spec: vim.SelectionSpec): Edge => {
    const traversal = isTraversal(spec) ? spec : named.get(spec.name ?? "");
    if (!traversal) throw invalidArgument("selectSet.name", `No traversal spec is named '${spec.name ?? ""}'.`);
    const known = edges.get(traversal);
    if (known) return known;
    const next: { edges: Edge[] } = { edges: [] };
    const { type, path } = traversal;
    const edge = { type: requireType(type).name, path, report: !traversal.skip, next };
    requireReferences(requireType(type), path);
    edges.set(traversal, edge);
    // Filled in only now: it may lead back to this very edge.
    next.edges.push(...follow(traversal.selectSet).edges);
    return edge;
  };
  return follow(specs);
}

function collect(specs: readonly vim.SelectionSpec[] | undefined, named: Map<string, vim.TraversalSpec>): void {
  for (const spec of specs ?? []) {
    if (!isTraversal(spec)) continue;
    if (spec.name !== undefined) named.set(spec.name, spec);
    collect(spec.selectSet, named);
  }
}

const isTraversal = (spec: vim.SelectionSpec): spec is vim.TraversalSpec => "path" in spec && "type" in spec;

/** The managed type that a spec names, or InvalidType. */
export function requireType(name: string): ManagedInfo {
  const type = managedType(name);
  if (type) return type;
  throw fault("InvalidType", { argument: name }, `There is no managed object type '${name}'.`);
}

function requireReferences(type: ManagedInfo, text: string): void {
  const { info } = pathOf(type, text);
  if (info.type !== "ManagedObjectReference") {
    throw invalidProperty(text, `It refers to no objects, so that ${type.name} cannot be left along it.`);
  }
}

const applied = new Map<string, boolean>();

/** The path of an edge as objects of a concrete type have it, or undefined if the edge does not start from such objects. */
export function pathFrom(type: string, edge: Edge): Path | undefined {
  const key = `${type} ${edge.type}`;
  let applies = applied.get(key);
  if (applies === undefined) {
    applies = isSubtype(type, edge.type);
    applied.set(key, applies);
  }
  const info = applies ? managedType(type) : undefined;
  return info && pathOf(info, edge.path);
}
