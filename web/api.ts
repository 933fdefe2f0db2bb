import { createORPCClient, ORPCError } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import type { apiContract } from '#app/contract.ts';
import contract from 'virtual:api-contract';

/** What a call may carry besides its input: `api.orders.place(input, { context: { … } })`. */
export type CallContext = {
  /** Required by all that moves money; `useForm` hands one to `submit`. */
  idempotencyKey?: string;
};

export type ApiClient = ContractRouterClient<typeof apiContract, CallContext>;

type ProblemBody = { code?: unknown; detail?: unknown; field?: string; params?: unknown };

/**
 * The API with this browser's session: same-origin cookies, and the request mark that a page of
 * another origin cannot set (our defence against cross-site requests).
 */
const link = new OpenAPILink<CallContext>(contract, {
  url: () => globalThis.location.origin,
  headers: ({ context }) => ({
    'x-stoika-request': '1',
    ...(context.idempotencyKey ? { 'idempotency-key': context.idempotencyKey } : {}),
  }),
  fetch: async (request, init) =>
    readable(await globalThis.fetch(request, { ...init, credentials: 'same-origin' })),
  customErrorResponseBodyDecoder: (body, response) => {
    const { code, detail, field, params } = (body ?? {}) as ProblemBody;
    return new ORPCError(typeof code === 'string' ? code : 'unexpected', {
      status: response.status,
      message: typeof detail === 'string' ? detail : undefined,
      data: { field, params },
    });
  },
});

/** The client reads bodies of `application/json` alone; a problem document is JSON too (RFC 9457). */
function readable(response: Response): Response {
  if (!response.headers.get('content-type')?.startsWith('application/problem+json'))
    return response;
  const headers = new Headers(response.headers);
  headers.set('content-type', 'application/json');
  return new Response(response.body, { status: response.status, headers });
}

export const api: ApiClient = createORPCClient(link);
