/** Where the rule below does not hold. */
const others: Readonly<Record<string, string>> = {
  otherGuest: "OTHER",
  otherGuest64: "OTHER_64",
  amazonlinux2_64Guest: "AMAZONLINUX2_64",
  amazonlinux3_64Guest: "AMAZONLINUX3_64",
  windows2019srv_64Guest: "WINDOWS_SERVER_2019",
  windows2019srvNext_64Guest: "WINDOWS_SERVER_2021",
  windows2022srvNext_64Guest: "WINDOWS_SERVER_2025",
};

/** A guest's operating system as the REST API names it: `ubuntu64Guest` is UBUNTU_64, `windows9Server64Guest` WINDOWS_9_SERVER_64. */
export const guestOs = (guestId: string): string =>
  (Object.hasOwn(others, guestId) ? others[guestId] : undefined) ??
  guestId
    .replace(/Guest$/, "")
    .replace(/([a-z])(?=\d)/g, "$1_")
    .replace(/([a-z\d])(?=[A-Z][a-z])/g, "$1_")
    .replace(/(\d)(?=[A-Z])/g, "$1_")
    .replace(/_(\d)_?x_?/gi, "_$1x_")
    .replace(/_+/g, "_")
    .toUpperCase();
