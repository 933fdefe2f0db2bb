import type { ORPCError } from '@orpc/server';
import type { RefusalData } from './operation.ts';

/** RFC 9457 problem details with our code; `defined` and `data` let typed clients read it back. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  field?: string;
  params?: RefusalData['params'];
};

// oxlint-disable-next-line typescript/no-explicit-any
export function problemBody(error: ORPCError<any, any>): Problem {
  const data = (error.data ?? {}) as RefusalData;
  return {
    type: `https://stoika.dev/refusals/${error.code}`,
    title: String(error.code).replaceAll('-', ' '),
    status: error.status,
    code: String(error.code),
    detail: error.message,
    field: data.field,
    params: data.params,
  };
}
