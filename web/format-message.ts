import formatCompiled from 'use-intl/format-message/format-only';

/** A compiled ICU message, or a part of one: words, `[argument]`, `[tag, ...parts]`, `[argument, kind, branches]`. */
type Part = string | number | Part[] | { [branch: string]: Part };

type Values = Readonly<Record<string, unknown>> | undefined;
type Options = Parameters<typeof formatCompiled>[3];

/**
 * Formats a message that `web/build/texts-plugin.ts` compiled. An argument whose value is a
 * function (`t.rich('from', { price: () => <Money … /> })`) is drawn by calling it, as use-intl's
 * own formatter does; the compiled one takes functions for tags only, so it is shown a tag.
 */
export function formatMessage(key: string, message: Part, values: Values, options: Options) {
  const drawn = Object.keys(values ?? {}).filter((name) => typeof values?.[name] === 'function');
  const shown = drawn.length > 0 ? withTags(message, new Set(drawn)) : message;
  return formatCompiled(key, shown as never, values as never, options);
}

/** The texts' raw form does not travel. */
formatMessage.raw = false;

function withTags(part: Part, drawn: ReadonlySet<string>): Part {
  if (Array.isArray(part)) {
    const [name] = part;
    if (part.length === 1 && typeof name === 'string' && drawn.has(name)) return [name, ''];
    return part.map((inner) => withTags(inner, drawn));
  }
  if (typeof part !== 'object') return part;
  return Object.fromEntries(
    Object.entries(part).map(([branch, inner]) => [branch, withTags(inner, drawn)]),
  );
}
