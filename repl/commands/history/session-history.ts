import { DateTime, type Service } from "../../language/index.ts";

export interface HistoryEntry {
  readonly id: number;
  readonly text: string;
  readonly start: DateTime;
  readonly end: DateTime;
  readonly succeeded: boolean;
}

/** What was typed in this session, oldest first. The interactive shell adds each line it has run. */
export class SessionHistory {
  readonly entries: HistoryEntry[] = [];

  add(text: string, start: DateTime, succeeded: boolean): void {
    this.entries.push({ id: this.entries.length + 1, text, start, end: DateTime.now(), succeeded });
  }
}

export const sessionHistory: Service<SessionHistory> = { name: "history", create: () => new SessionHistory() };
