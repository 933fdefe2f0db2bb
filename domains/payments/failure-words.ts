import { textsFor } from '#platform/texts.ts';
import type { Payment } from './payment.ts';

/** Why a payment failed and what to do about it, for letters. */
export function failureWords(
  code: Payment['failureCode'],
  language: 'ru' | 'en',
): { why: string; todo: string } {
  const t = textsFor('payments', language);
  const key = `failures.${code ?? 'other'}`;
  return { why: t(`${key}.what`), todo: t(`${key}.todo`) };
}
