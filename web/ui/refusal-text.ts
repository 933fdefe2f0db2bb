import { useTranslations } from 'use-intl';
import { failureOf, type RefusalLike } from './refusal.ts';

/** Words for a refusal: `refusals.<code>` from the texts, with its figures filled in. */
export function useRefusalText(): (refusal: RefusalLike) => string {
  const text = useTranslations();
  return ({ code, params }) => {
    const key = `refusals.${code}`;
    if (!text.has(key)) return text('ui.failure.refused', { code });
    return text(key, params as Record<string, string>);
  };
}

/** Words for anything a call threw: the refusal's own, or "failed" with the id to quote. */
export function useFailureText(): (error: unknown) => string {
  const text = useTranslations('ui');
  const refusalText = useRefusalText();
  return (error) => {
    const failure = failureOf(error);
    if (failure.kind === 'refused') return refusalText(failure.refusal);
    return failure.id ? text('failure.withId', { id: failure.id }) : text('failure.plain');
  };
}
