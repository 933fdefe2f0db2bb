import { useTranslations } from 'use-intl';

/** Why a payment failed and what to do about it. */
export function useFailureWords(): (code: string | null) => { what: string; todo: string } {
  const text = useTranslations('payments.failures');
  return (code) => {
    const key = code && text.has(`${code}.what`) ? code : 'other';
    return { what: text(`${key}.what`), todo: text(`${key}.todo`) };
  };
}
