const UNITS = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
  { unit: 'second', ms: 1000 },
  { unit: 'millisecond', ms: 1 },
] as const;

/** A time between two events in its largest unit of which there are two at least: `12 s`, `3 hr`. */
export function formatSpan(spanMs: number, locale: string): string {
  const fits = UNITS.find(({ ms }) => spanMs >= 2 * ms) ?? { unit: 'millisecond' as const, ms: 1 };
  const style = { style: 'unit', unit: fits.unit, maximumFractionDigits: 0 } as const;
  return new Intl.NumberFormat(locale, style).format(Math.round(spanMs / fits.ms));
}
