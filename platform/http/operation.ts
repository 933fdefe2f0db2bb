import { oc } from '@orpc/contract';
import type { z } from 'zod';
import { refusalStatus } from './refusal-status.ts';

/** Who may call an operation. Authorisation for the *object* is the operation's own first step. */
export type Access =
  | { who: 'anyone' }
  /** A signed-in person, whoever they act for, for what is their own; never an API key. */
  | { who: 'user' }
  /** A client's session, or an API key of that client with the scope. */
  | { who: 'client'; scope: string }
  /** A seller's staff with the permission, or a staff API key with it as scope. */
  | { who: 'staff'; permission: string };

export type OperationMeta = {
  access: Access;
  /** Changes something: needs the browser's request mark, is audited, is never cached. */
  changes: boolean;
  /**
   * `required` for all that moves money: the same key gives the same answer, once. `told-once` where
   * the answer holds a secret: it is kept nowhere, and the same key is refused the second time.
   */
  idempotency: 'required' | 'optional' | 'told-once';
  /** `own` when the operation talks to the world and opens its transactions itself. */
  transaction: 'one' | 'own';
  /** How many calls a minute one caller may make. */
  perMinute: number;
  /** Dotted input paths that the audit trail must not keep. */
  secret: readonly string[];
};

type Shape<I extends z.ZodType, O extends z.ZodType, R extends string> = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: `/v1/${string}`;
  summary: string;
  access: Access;
  input: I;
  output: O;
  /** Every refusal the operation may give, beside those that any operation may. */
  refusals?: readonly R[];
  idempotency?: 'required' | 'told-once';
  transaction?: 'own';
  perMinute?: number;
  secret?: readonly string[];
  /** A POST that only computes (a quote, a search) changes nothing. */
  changes?: boolean;
};

export type RefusalData = {
  field?: string;
  params?: Record<string, string | number | boolean | null>;
};

const base = oc.$meta<OperationMeta>({
  access: { who: 'staff', permission: 'none' },
  changes: true,
  idempotency: 'optional',
  transaction: 'one',
  perMinute: 0,
  secret: [],
});

/** One operation of the HTTP API as data: the server, the clients and the OpenAPI file read it. */
export function operation<I extends z.ZodType, O extends z.ZodType, R extends string = never>(
  shape: Shape<I, O, R>,
) {
  const changes = shape.changes ?? shape.method !== 'GET';
  const errors = Object.fromEntries(
    (shape.refusals ?? []).map((code) => [code, { status: refusalStatus(code) }]),
  ) as Record<R, { status: number }>;
  return base
    .meta({
      access: shape.access,
      changes,
      idempotency: shape.idempotency ?? 'optional',
      transaction: shape.transaction ?? 'one',
      perMinute: shape.perMinute ?? (changes ? 60 : 600),
      secret: shape.secret ?? [],
    })
    .route({
      method: shape.method,
      path: shape.path,
      summary: shape.summary,
      tags: [shape.path.split('/')[2] ?? ''],
      inputStructure: 'compact',
    })
    .errors(errors)
    .input(shape.input)
    .output(shape.output);
}
