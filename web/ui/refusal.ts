/** A named "no" as the API sends it: what the words are, which field they belong to. */
export type RefusalLike = {
  code: string;
  field?: string;
  params?: Record<string, string | number | boolean | null>;
};

/** A failure nobody foresaw, with the id under which it is logged when the server gave one. */
export type Failure = { kind: 'refused'; refusal: RefusalLike } | { kind: 'failed'; id?: string };

/**
 * Reads what a call threw: a refusal with its kebab-case code, field and figures, or a failure
 * nobody foresaw with the id under which it is logged (`code: unexpected`, `params.id`).
 */
export function failureOf(error: unknown): Failure {
  if (typeof error !== 'object' || error === null) return { kind: 'failed' };
  const { code, data } = error as { code?: unknown; data?: unknown };
  const { field, params } = (data ?? {}) as Omit<RefusalLike, 'code'>;
  if (typeof code === 'string' && /^[a-z0-9]+(-[a-z0-9]+)+$/.test(code)) {
    return { kind: 'refused', refusal: { code, field, params } };
  }
  const id = params?.['id'];
  return { kind: 'failed', id: typeof id === 'string' ? id : undefined };
}
