import { useTranslations } from 'use-intl';
import type { ApiClient } from '#web/api.ts';

export type AuditEntry = Awaited<ReturnType<ApiClient['operations']['audit']>>['items'][number];

/** Who did it, in words: a person's name with what they are here, or just what they are. */
export function useActorWords(): (entry: AuditEntry) => string {
  const text = useTranslations('operations.audit');
  return ({ actorKind, actorName }) => {
    const key = `kinds.${actorKind}`;
    const kind = text.has(key) ? text(key) : actorKind;
    return actorName === null ? kind : `${actorName}, ${kind}`;
  };
}
