const moment =
  /^[ \t\r\n]*(-?\d{4,9}-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{1,12})?)(Z|[+-](\d\d):(\d\d))?[ \t\r\n]*$/;

const daysOf = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A date and time as ISO 8601 has it. Without a zone it is in UTC. Undefined where it is none. */
export function dateTimeIn(text: string): string | undefined {
  const match = moment.exec(text);
  if (!match) return undefined;
  const [, local = "", month, day, hour, minute, second, zone = "Z", zoneHour = 0, zoneMinute = 0] = match;
  const days = month === "02" && isLeap(local) ? 29 : (daysOf[Number(month) - 1] ?? 0);
  const ordinary = Number(hour) < 24 || (hour === "24" && Number(minute) === 0 && Number(second) === 0);
  const fits = Number(day) >= 1 && Number(day) <= days && ordinary && Number(minute) < 60 && Number(second) < 60;
  return fits && Number(zoneHour) <= 14 && Number(zoneMinute) < 60 ? local + zone : undefined;
}

function isLeap(date: string): boolean {
  const year = Math.abs(Number.parseInt(date, 10));
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}
