import { X509Certificate } from "node:crypto";
import { vim } from "../../../vim/index.ts";
import { fault, invalidArgument } from "../../faults.ts";
import type { GuestFiles } from "../files/guest-files.ts";
import { type Account, accountNamed, isRoot } from "./account.ts";
import type { Guest } from "./in-guest.ts";

/** Who else may be somebody: a subject whom a certificate vouches for. `any`: whomever it vouches for. */
export interface Alias {
  readonly certificate: string;
  readonly subject: string | undefined;
  readonly comment: string;
  /** The certificate alone is enough to find the account. */
  readonly mapped: boolean;
}

/** Where VMware Tools keep them. Theirs is XML; nothing but the alias manager reads it. */
const store = "/var/lib/vmware/VGAuth/aliasStore";
const fileOf = (user: string): string => `${store}/user-${encodeURIComponent(user)}.json`;

/** The account whose aliases are asked for: root asks for anybody's, others for their own. */
export function requireOwner(all: GuestFiles, account: Account, user: string): void {
  if (!isRoot(account) && account.name !== user)
    throw fault("GuestPermissionDenied", {}, `The aliases of '${user}' are not ${account.name}'s to see or change.`);
  if (!accountNamed(all, user)) throw invalidArgument("username", `The guest has no account '${user.slice(0, 100)}'.`);
}

/** A certificate in one line of base64, however it was given. Throws InvalidArgument. */
export function certificateOf(text: string): string {
  const plain = text.replace(/-----(BEGIN|END) CERTIFICATE-----|\s/g, "");
  try {
    return new X509Certificate(Buffer.from(plain, "base64")).raw.toString("base64");
  } catch (error) {
    const why = error instanceof Error ? error.message : "it cannot be read";
    throw invalidArgument("base64Cert", `It must be an X.509 certificate in base64: ${why}.`);
  }
}

export const subjectOf = (subject: vim.GuestAuthSubject): string | undefined =>
  vim.is(subject, "GuestAuthNamedSubject") ? subject.name : undefined;

const subjectInfo = (subject: string | undefined): vim.GuestAuthSubject =>
  subject === undefined ? { _typeName: "GuestAuthAnySubject" } : { _typeName: "GuestAuthNamedSubject", name: subject };

export function aliasesOf(files: GuestFiles, user: string): readonly Alias[] {
  if (!files.exists(fileOf(user))) return [];
  const text = new TextDecoder().decode(files.readFile(fileOf(user)));
  try {
    const read: unknown = JSON.parse(text);
    return Array.isArray(read) ? read.filter(isAlias) : [];
  } catch {
    // Whoever broke the file has no aliases any more: tools answer so too.
    return [];
  }
}

function isAlias(value: unknown): value is Alias {
  if (typeof value !== "object" || value === null) return false;
  const { certificate, comment, mapped, subject } = value as Readonly<Record<string, unknown>>;
  return (
    typeof certificate === "string" &&
    typeof comment === "string" &&
    typeof mapped === "boolean" &&
    (subject === undefined || typeof subject === "string")
  );
}

function keep(files: GuestFiles, user: string, aliases: readonly Alias[]): void {
  files.makeDirectory(store, { recursive: true, mode: 0o755 });
  if (aliases.length === 0 && files.exists(fileOf(user))) files.remove(fileOf(user));
  else
    files.writeFile(fileOf(user), new TextEncoder().encode(`${JSON.stringify(aliases, undefined, 2)}\n`), {
      mode: 0o600,
    });
}

/** Adds an alias, or replaces the one of the same certificate and subject. */
export function addAlias(files: GuestFiles, user: string, alias: Alias): void {
  if (alias.mapped) {
    const other = usersWithAliases(files).find(
      (name) => name !== user && aliasesOf(files, name).some((known) => known.mapped && isSame(known, alias)),
    );
    if (other !== undefined)
      throw fault(
        "GuestMultipleMappings",
        {},
        `That certificate and subject already stand for '${other}' in the guest.`,
      );
  }
  keep(files, user, [...aliasesOf(files, user).filter((known) => !isSame(known, alias)), alias]);
}

const isSame = (a: Alias, b: Pick<Alias, "certificate" | "subject">): boolean =>
  a.certificate === b.certificate && a.subject === b.subject;

/** Removes the aliases of a certificate: of one subject, or all. Throws InvalidArgument when there is none. */
export function removeAliases(files: GuestFiles, user: string, gone: (alias: Alias) => boolean): void {
  const before = aliasesOf(files, user);
  const left = before.filter((alias) => !gone(alias));
  if (left.length === before.length)
    throw invalidArgument("base64Cert", `'${user}' has no such alias: ListGuestAliases tells which there are.`);
  keep(files, user, left);
}

/** Everybody who has aliases. */
export function usersWithAliases(files: GuestFiles): readonly string[] {
  if (!files.exists(store)) return [];
  return files
    .readDirectory(store)
    .flatMap((name) => /^user-(.*)\.json$/.exec(name)?.[1] ?? [])
    .map(decodeURIComponent);
}

/** Aliases by certificate, as vSphere lists them. */
export function aliasInfo(aliases: readonly Alias[]): vim.GuestAliases[] {
  return [...new Set(aliases.map(({ certificate }) => certificate))].map((base64Cert) => ({
    base64Cert,
    aliases: aliases
      .filter(({ certificate }) => certificate === base64Cert)
      .map(({ subject, comment }) => ({ subject: subjectInfo(subject), comment })),
  }));
}

/** What certificates alone stand for. */
export function mappedInfo({ all }: Pick<Guest, "all">): vim.GuestMappedAliases[] {
  return usersWithAliases(all).flatMap((username) => {
    const mapped = aliasesOf(all, username).filter((alias) => alias.mapped);
    return aliasInfo(mapped).map(({ base64Cert, aliases }) => ({
      base64Cert,
      username,
      subjects: aliases.map(({ subject }) => subject),
    }));
  });
}
