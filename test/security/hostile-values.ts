/** Texts that have broken programs: no database takes the first, no encoder the second. */
const TEXTS = [
  '\u0000',
  'a\ud800',
  'x'.repeat(5000),
  String.raw`\'); drop table invoice; --%_`,
  '__proto__',
  '../../../../etc/passwd',
];
const NUMBERS = [-1, 0, 0.5, 2 ** 53, -(2 ** 53), 1e308, '7', 'NaN'];
const OTHERS = [null, [], {}, true];

/** An input with one of its values replaced, for every value and every replacement. */
export function* hostileVariants(input: unknown): Generator<unknown> {
  for (const path of leavesOf(input)) {
    const present = path.reduce<unknown>((part, step) => (part as never)[step], input);
    const values = typeof present === 'number' ? NUMBERS : TEXTS;
    for (const value of [...values, ...OTHERS]) yield replaced(input, path, value);
  }
}

type Path = readonly (string | number)[];

function leavesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null || value instanceof Blob) {
    return path.length > 0 ? [path] : [];
  }
  return Object.entries(value).flatMap(([key, child]) =>
    leavesOf(child, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function replaced(value: unknown, [step, ...rest]: Path, by: unknown): unknown {
  if (step === undefined) return by;
  if (Array.isArray(value)) {
    return value.map((child: unknown, at) => (at === step ? replaced(child, rest, by) : child));
  }
  const object = value as Record<string, unknown>;
  return { ...object, [step]: replaced(object[step], rest, by) };
}
