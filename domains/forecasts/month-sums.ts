import type { MonthSum, Series } from './forecast.ts';

type Addition = {
  on: Temporal.PlainDate;
  currency: string;
  series: Series;
  netMinor?: bigint;
  totalMinor?: bigint;
};

/** Adds up by month, currency and series. */
export function openMonthSums() {
  const sums = new Map<string, MonthSum>();
  return {
    add({ on, currency, series, netMinor = 0n, totalMinor = 0n }: Addition): void {
      const month = on.toPlainYearMonth().toString();
      const key = `${month} ${currency} ${series}`;
      const known = sums.get(key);
      sums.set(key, {
        month,
        currency,
        series,
        count: (known?.count ?? 0) + 1,
        netMinor: (known?.netMinor ?? 0n) + netMinor,
        totalMinor: (known?.totalMinor ?? 0n) + totalMinor,
      });
    },
    all: (): MonthSum[] => [...sums.values()],
  };
}

export type MonthSums = ReturnType<typeof openMonthSums>;
