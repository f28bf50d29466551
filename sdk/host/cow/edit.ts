let edits = 0;

/**
 * Who may change a node in place: the open draft that made it, and nobody else. Every node remembers the number of the
 * edit it was made in (a number, so that the nodes of a hundred thousand edits keep no other object alive); a draft that
 * is frozen drops its edit, and with that the right. It also counts the draft's entries.
 */
export class Edit {
  readonly id = ++edits;
  size: number;

  constructor(size: number) {
    this.size = size;
  }
}

/** The owner of a node that nobody may change in place. */
export const NOBODY = 0;

/** The edit of a draft that is still open. */
export function opened(edit: Edit | undefined): Edit {
  if (edit === undefined) throw new Error("this draft was frozen: use what freeze() returned, or make a new draft");
  return edit;
}
