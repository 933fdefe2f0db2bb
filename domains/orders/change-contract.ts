import { z } from 'zod';
import { operation } from '#platform/http/operation.ts';
import { idWire } from '#platform/http/wire.ts';

const ById = z.object({ id: idWire('edn') });

/** What may be done with a published change once packages are looked at. */
export const changeOperations = {
  withdrawChange: operation({
    method: 'POST',
    path: '/v1/admin/catalogue/editions/{id}/withdraw',
    summary: 'Take a published change back while it holds for nobody; those told of it are told',
    access: { who: 'staff', permission: 'catalog.write' },
    input: ById,
    output: ById,
    refusals: [
      'edition-not-found',
      'edition-not-published',
      'edition-in-force',
      'edition-already-charged',
    ],
  }),
};
