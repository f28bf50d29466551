import type { Ref } from "../../../sdk/index.ts";
import { GB, idOf, MB, moment, number, text, truth } from "../values.ts";
import { type Kind, VIObject } from "../vi-object.ts";
import { vimObject } from "../vim-value.ts";

const isObject = (value: unknown): value is VIObject => value instanceof VIObject;
const objectOrNull = (value: unknown): VIObject | null => (isObject(value) ? value : null);

/** What `Get-Snapshot` puts out. Its values come from the tree that the machine shows. */
export const snapshotKind: Kind<"VirtualMachineSnapshot"> = {
  type: "VirtualMachineSnapshot",
  typeNames: ["Snapshot", "VIObject"],
  paths: [],
  properties: {
    Name: (values) => text(values.name),
    Description: (values) => text(values.description) ?? "",
    Created: (values) => moment(values.created),
    Quiesced: (values) => truth(values.quiesced),
    PowerState: (values) => text(values.powerState),
    VM: (values) => objectOrNull(values.vm),
    VMId: (values) => (isObject(values.vm) ? idOf(values.vm.ref) : null),
    ParentSnapshot: (values) => objectOrNull(values.parent),
    Parent: (values) => objectOrNull(values.parent),
    ParentSnapshotId: (values) => (isObject(values.parent) ? idOf(values.parent.ref) : null),
    Children: (values) => (Array.isArray(values.children) ? values.children.filter(isObject) : null),
    SizeMB: (values) => number(values.size) / MB,
    SizeGB: (values) => number(values.size) / GB,
    IsCurrent: (values) => truth(values.current),
    IsReplaySupported: () => false,
    Id: (_values, object) => idOf(object.ref),
    ExtensionData: (_values, object) => vimObject(object),
  },
};

export const isSnapshot = (ref: Ref): ref is Ref<"VirtualMachineSnapshot"> => ref.type === "VirtualMachineSnapshot";
