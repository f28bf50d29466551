/**
 * Who may change a node in place: the open draft that made it, and nobody else. Every node remembers the edit it was made
 * in; a draft that is frozen drops its edit, and with that the right. It also counts the draft's entries.
 */
export class Edit {
  size: number;

  constructor(size: number) {
    this.size = size;
  }
}

/** The edit of a draft that is still open. */
export function opened(edit: Edit | undefined): Edit {
  if (edit === undefined) throw new Error("this draft was frozen: use what freeze() returned, or make a new draft");
  return edit;
}
