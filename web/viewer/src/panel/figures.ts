/** Numbers and days as people read them. */

/** Bytes: "1.2 MB"; thousands, as downloads are counted. */
export function bytesWords(bytes: number, language: string): string {
  const [unit, size] = bytes < 1_000_000 ? ["kB", bytes / 1_000] : ["MB", bytes / 1_000_000];
  const digits = size < 10 ? 1 : 0;
  return `${numberWords(size, language, digits)} ${unit}`;
}

/** A number with the separators of the language, at most `digits` after the point. */
export function numberWords(value: number, language: string, digits = 0): string {
  return new Intl.NumberFormat(known(language), { maximumFractionDigits: digits }).format(value);
}

/** A day, a month or a year ("2010-08-15", "2010-08", "2010"), with what it has. What is no date is shown as it is. */
export function dateWords(date: string, language: string): string {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(date) ?? [];
  const moment = Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1));
  if (!year || Number.isNaN(moment)) return date;
  const options: Intl.DateTimeFormatOptions = { timeZone: "UTC", year: "numeric" };
  if (month) options.month = "long";
  if (day) options.day = "numeric";
  return new Intl.DateTimeFormat(known(language), options).format(moment);
}

/** A tag that Intl takes: the language, or English where it is not one. */
function known(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? "en";
  } catch {
    return "en";
  }
}
