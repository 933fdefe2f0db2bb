import type { AgendaItem } from '#platform/agenda.ts';
import type { Ctx } from '#platform/context.ts';

/** What each agenda item will do next and when; those with nothing to do are left out. */
export async function upcoming(
  ctx: Ctx,
  agenda: readonly AgendaItem[],
): Promise<{ name: string; at: string }[]> {
  const found: { name: string; at: Temporal.Instant }[] = [];
  for (const { name, nextDueAt } of agenda) {
    const at = await nextDueAt(ctx);
    if (at) found.push({ name, at });
  }
  return found
    .toSorted((a, b) => Temporal.Instant.compare(a.at, b.at))
    .map(({ name, at }) => ({ name, at: at.toString() }));
}
