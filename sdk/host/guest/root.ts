/** The account that the guests of the lab's images have: their `/etc/passwd` and `/etc/shadow` say so. */
export const guestRoot = Object.freeze({ user: "root", password: "fargo" });
