/** More than any message of vim25 needs; a message that goes beyond is refused before it costs anything. */
export const limits = {
  /** Elements within elements. */
  depth: 100,
  /** Characters of a name, with its prefix. */
  name: 256,
  /** Attributes of one element, namespaces included. */
  attributes: 64,
} as const;
