import { formatDate } from "../../language/format/date-format.ts";
import { command, DateTime } from "../../language/index.ts";
import { unixFormat } from "./unix-format.ts";

const fileFormats: Readonly<Record<string, string>> = {
  filedate: "yyyyMMdd",
  filedateuniversal: "yyyyMMdd'Z'",
  filedatetime: "yyyyMMdd'T'HHmmssffff",
  filedatetimeuniversal: "yyyyMMdd'T'HHmmssffff'Z'",
};

export const getDate = command({
  name: "Get-Date",
  summary: "The current date and time, or another one; as an object or as text.",
  parameters: {
    Date: {
      type: "datetime",
      position: 0,
      pipeline: "both",
      aliases: ["LastWriteTime"],
      help: "The date; without it, now.",
    },
    UnixTimeSeconds: { type: "double", aliases: ["UnixTime"], help: "The date as seconds since 1970." },
    Year: { type: "int", range: [1, 9999], help: "Replaces the year." },
    Month: { type: "int", range: [1, 12], help: "Replaces the month." },
    Day: { type: "int", range: [1, 31], help: "Replaces the day of the month." },
    Hour: { type: "int", range: [0, 23], help: "Replaces the hour." },
    Minute: { type: "int", range: [0, 59], help: "Replaces the minute." },
    Second: { type: "int", range: [0, 59], help: "Replaces the second." },
    Millisecond: { type: "int", range: [0, 999], help: "Replaces the millisecond." },
    Format: { type: "string", help: "A .NET format, such as yyyy-MM-dd, or FileDate, FileDateTime." },
    UFormat: { type: "string", help: "A Unix format, such as %Y-%m-%d." },
    AsUTC: { type: "switch", help: "Gives the time in UTC." },
  },
  outputs: "System.DateTime",
  examples: [
    {
      code: "Get-Date -Date '2024-02-29 13:05' -Format 'yyyy/MM/dd HH:mm'",
      note: "By a .NET format.",
      output: "2024/02/29 13:05\n",
    },
    { code: "Get-Date '2024-02-29' -UFormat '%d.%m.%y'", note: "By a Unix format.", output: "29.02.24\n" },
    {
      code: "(Get-Date -Year 2024 -Month 2 -Day 29).DayOfWeek",
      note: "Parts of the date replaced.",
      output: "Thursday\n",
    },
  ],
  process(ctx, args) {
    const date = replaced(
      args.UnixTimeSeconds === undefined ? (args.Date ?? DateTime.now()) : DateTime.at(args.UnixTimeSeconds * 1000),
      args,
    );
    const format = args.Format?.toLowerCase() ?? "";
    const shown = args.AsUTC || format.endsWith("universal") ? date.toUtc() : date;
    if (args.UFormat !== undefined) return ctx.write(unixFormat(shown, args.UFormat));
    if (args.Format === undefined) return ctx.write(shown);
    return ctx.write(formatDate(shown, Object.hasOwn(fileFormats, format) ? (fileFormats[format] ?? "") : args.Format));
  },
});

interface Parts {
  readonly Year?: number | undefined;
  readonly Month?: number | undefined;
  readonly Day?: number | undefined;
  readonly Hour?: number | undefined;
  readonly Minute?: number | undefined;
  readonly Second?: number | undefined;
  readonly Millisecond?: number | undefined;
}

function replaced(date: DateTime, { Year, Month, Day, Hour, Minute, Second, Millisecond }: Parts): DateTime {
  const all = [Year, Month, Day, Hour, Minute, Second, Millisecond];
  if (all.every((part) => part === undefined)) return date;
  const { fields } = date;
  const moved = new Date(0);
  moved.setUTCFullYear(
    Year ?? fields.getUTCFullYear(),
    (Month ?? fields.getUTCMonth() + 1) - 1,
    Day ?? fields.getUTCDate(),
  );
  moved.setUTCHours(
    Hour ?? fields.getUTCHours(),
    Minute ?? fields.getUTCMinutes(),
    Second ?? fields.getUTCSeconds(),
    Millisecond ?? fields.getUTCMilliseconds(),
  );
  return new DateTime(moved.getTime(), date.kind);
}
