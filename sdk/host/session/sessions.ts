import { createHash, timingSafeEqual } from "node:crypto";
import type { ManagedType, Ref } from "../../vim/index.ts";
import { fault, notFound } from "../faults.ts";
import { mix } from "../random.ts";
import { CloneTickets } from "./clone-tickets.ts";
import type { Connection } from "./connection.ts";
import type { Session, SessionObject } from "./session.ts";

/** Someone who may log in. */
export interface User {
  /** `administrator@vsphere.local`, or without the domain. */
  readonly name: string;
  /** Undefined takes any password. */
  readonly password: string | undefined;
  readonly fullName?: string;
  readonly groups?: readonly string[];
  /**
   * The role on the root folder, and with it on everything: `Admin`, `ReadOnly`, `View`, `NoAccess`, ... Default: Admin for the first
   * user of a host; the others have what their groups have.
   */
  readonly role?: string;
}

const digest = (text: string) => createHash("sha256").update(text).digest();

/** `Administrator@vsphere.local`, and `Administrator` alone, are shown as `VSPHERE.LOCAL\Administrator`. */
export function principalOf(name: string): string {
  const at = name.lastIndexOf("@");
  const slash = name.indexOf("\\");
  const [domain, user] =
    slash >= 0
      ? [name.slice(0, slash), name.slice(slash + 1)]
      : at >= 0
        ? [name.slice(at + 1), name.slice(0, at)]
        : ["vsphere.local", name];
  return `${domain.toUpperCase()}\\${user}`;
}

/** What two names of one principal have in common: case does not count. */
export const principalKey = (name: string): string => principalOf(name).toUpperCase();

/** Where any account will do, everybody is an administrator. */
const anybody = (name: string): User => ({
  name,
  password: undefined,
  groups: ["Administrators@vsphere.local"],
});

/** Who is logged in. */
export class Sessions {
  readonly #users = new Map<string, User>();
  readonly #open = new Map<string, Session>();
  readonly #seed: number;
  readonly cloneTickets = new CloneTickets();
  #count = 0;

  constructor(users: readonly User[], seed: number) {
    for (const user of users) this.#users.set(principalKey(user.name), user);
    this.#seed = seed;
  }

  get users(): readonly User[] {
    return [...this.#users.values()];
  }
  get list(): readonly Session[] {
    return [...this.#open.values()];
  }
  get(key: string): Session | undefined {
    return this.#open.get(key);
  }
  /** Whether a session goes on, and is one of this host's. */
  isOpen(session: Session): boolean {
    return this.#open.get(session.key) === session;
  }
  /** The session of a client, unless somebody else has terminated it, or it is another host's. */
  current({ session }: Connection): Session | undefined {
    return session && this.isOpen(session) ? session : undefined;
  }

  /** Opens a session, or throws InvalidLogin. It takes as long for an unknown name as for a wrong password. */
  login(name: string, password: string, now: number, from: Omit<Connection, "session">): Session {
    const { rules } = from;
    const key = principalKey(name);
    const user = this.#users.get(key) ?? (rules?.anyAccount && name !== "" ? anybody(name) : undefined);
    rules?.tried(key, from.ipAddress);
    const wanted = rules?.anyAccount ? undefined : user?.password;
    const right = timingSafeEqual(digest(wanted ?? password), digest(password)) && user !== undefined;
    rules?.found(key, from.ipAddress, right);
    if (!user || !right) {
      throw fault("InvalidLogin", {}, "Cannot complete login due to an incorrect user name or password.");
    }
    rules?.room(key);
    return this.open(user, now, from);
  }

  /** Opens a session for a user without asking: for the embedded host, whose owner is its administrator. */
  open(user: User, now: number, from: Omit<Connection, "session">): Session {
    const { name, fullName = name, groups = [] } = user;
    return this.#add(
      { userName: principalOf(name), fullName, user: principalKey(name), groups: groups.map(principalKey) },
      now,
      from,
    );
  }

  /** Opens another session for who has one. */
  clone({ userName, fullName, user, groups }: Session, now: number, from: Omit<Connection, "session">): Session {
    return this.#add({ userName, fullName, user, groups }, now, from);
  }

  #add(
    who: Pick<Session, "userName" | "fullName" | "user" | "groups">,
    now: number,
    { ipAddress, userAgent }: Omit<Connection, "session">,
  ): Session {
    const n = ++this.#count;
    const part = (i: number) => mix(this.#seed, 0x5e55, n, i).toString(16).padStart(8, "0");
    const words = `${part(1)}${part(2)}${part(3)}${part(4)}`;
    const session: Session = {
      key: `52${words.slice(2, 8)}-${words.slice(8, 12)}-${words.slice(12, 16)}-${words.slice(16, 20)}-${words.slice(20, 32)}`,
      ...who,
      loginTime: now,
      lastActive: now,
      calls: 0,
      locale: "en",
      objects: new Map(),
      ipAddress,
      userAgent,
    };
    this.#open.set(session.key, session);
    return session;
  }

  close(session: Session): void {
    for (const object of session.objects.values()) object.close();
    session.objects.clear();
    this.#open.delete(session.key);
  }

  closeAll(): void {
    for (const session of this.#open.values()) this.close(session);
  }
}

/** The session's own object of that reference, of the class that a method is about. */
export function sessionObject<T extends SessionObject>(
  session: Session,
  ref: Ref<ManagedType>,
  type: abstract new (...args: never) => T,
): T {
  const found = session.objects.get(ref.value);
  if (found instanceof type) return found;
  throw notFound(ref);
}
