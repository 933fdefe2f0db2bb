/** `-3, 1, 7` as numbers, each once and in order; null when something there is no whole number. */
export function readDays(text: string, min: number, max: number): number[] | null {
  const parts = text
    .replaceAll('−', '-')
    .split(/[\s,;]+/)
    .filter((part) => part !== '');
  const days = parts.map(Number);
  const sound = days.every((day) => Number.isInteger(day) && day >= min && day <= max);
  return sound ? [...new Set(days)].toSorted((a, b) => a - b) : null;
}
