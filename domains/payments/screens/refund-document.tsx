import { useTranslations } from 'use-intl';
import { Link } from '#web/ui/link.tsx';
import type { RefundWire } from '../refund-contract.ts';

type Props = { document: RefundWire['document']; base: '/v1' | '/v1/admin' };

/** The number of a refund's document, and the document itself; nothing while it is not done. */
export function RefundDocument({ document, base }: Props) {
  const text = useTranslations('payments.refunds');
  if (!document) return null;
  return (
    <>
      <div>{document.number}</div>
      {(['ru', 'en'] as const).map((language) => (
        <div key={language} className="ui-small">
          <Link href={`${base}/refund-notes/${document.id}/pdf?language=${language}`} download>
            {text('pdf', { language })}
          </Link>
        </div>
      ))}
    </>
  );
}
