import type { Handlers } from "../call.ts";
import {
  addAlias,
  aliasesOf,
  aliasInfo,
  certificateOf,
  mappedInfo,
  removeAliases,
  requireOwner,
  subjectOf,
} from "../guest/operations/aliases.ts";
import { changeInGuest, readInGuest } from "../guest/operations/in-guest.ts";

// The service that keeps aliases is root's: it sees to it itself who may ask for whose.
export const guestAliasManager: Handlers<"GuestAliasManager"> = {
  AddGuestAlias({ core }, { username, mapCert: mapped, base64Cert, aliasInfo: info, ...asked }) {
    const certificate = certificateOf(base64Cert);
    changeInGuest(core, asked, "AddGuestAlias", ({ all, account }) => {
      requireOwner(all, account, username);
      addAlias(all, username, { certificate, subject: subjectOf(info.subject), comment: info.comment, mapped });
    });
  },

  RemoveGuestAlias({ core }, { username, base64Cert, subject, ...asked }) {
    const certificate = certificateOf(base64Cert);
    const name = subjectOf(subject);
    changeInGuest(core, asked, "RemoveGuestAlias", ({ all, account }) => {
      requireOwner(all, account, username);
      removeAliases(all, username, (alias) => alias.certificate === certificate && alias.subject === name);
    });
  },

  RemoveGuestAliasByCert({ core }, { username, base64Cert, ...asked }) {
    const certificate = certificateOf(base64Cert);
    changeInGuest(core, asked, "RemoveGuestAliasByCert", ({ all, account }) => {
      requireOwner(all, account, username);
      removeAliases(all, username, (alias) => alias.certificate === certificate);
    });
  },

  ListGuestAliases: ({ core }, { username, ...asked }) =>
    readInGuest(core, asked, "ListGuestAliases", ({ all, account }) => {
      requireOwner(all, account, username);
      return aliasInfo(aliasesOf(all, username));
    }),

  ListGuestMappedAliases: ({ core }, asked) => readInGuest(core, asked, "ListGuestMappedAliases", mappedInfo),
};
