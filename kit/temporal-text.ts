const texts = new WeakMap<Temporal.PlainDate | Temporal.Instant, string>();

/** `toString` once for each: rows that come together share moments and days, and it is dear. */
export function temporalText(value: Temporal.PlainDate | Temporal.Instant): string {
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = value.toString();
  texts.set(value, text);
  return text;
}
