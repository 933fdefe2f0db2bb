import { z } from 'zod';
import { externalRef } from '../../records/names.ts';
import { guardId, guardMode } from '../service/wire.ts';

/** What the centre answers to a call; `domains/protection/server-call.ts` has what is said to it. */
export const CALL_PATH = '/hooks/guard/call';
export const JOIN_PATH = '/hooks/guard/join';
export const KEY_PATH = '/hooks/guard/key';

const orderId = z.string().regex(/^gor_[0-9a-z]{20}$/);
const ofFinding = { orderId, findingRef: guardId };

export const serverOrder = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('scan'),
    orderId,
    accountRef: externalRef,
    key: z.string().min(1).max(200),
  }),
  z.object({ kind: z.literal('restore'), ...ofFinding }),
  z.object({ kind: z.literal('ignore'), ...ofFinding }),
  z.object({
    kind: z.literal('bytes'),
    ...ofFinding,
    offset: z.int().min(0),
    limit: z.int().min(1).max(65_536),
  }),
]);
export type ServerOrder = z.infer<typeof serverOrder>;

export const callAnswer = z.object({
  /** Events up to this number are in the centre's books. */
  acked: z.int().min(0),
  policy: z
    .object({
      digest: z.string().regex(/^[0-9a-f]{64}$/),
      node: guardMode,
      accounts: z.array(z.unknown()).max(100_000),
      paths: z.array(z.unknown()).max(100_000),
    })
    .nullable(),
  pack: z.string().max(2_000_000).nullable(),
  orders: z.array(serverOrder).max(50),
  rotateKey: z.boolean(),
  nextMs: z.int().min(100).max(600_000),
});
export type CallAnswer = z.infer<typeof callAnswer>;

export const joinAnswer = z.object({ serverId: z.string().max(60), key: z.string().max(200) });
export const keyAnswer = z.object({ key: z.string().min(20).max(200) });
