/** A named "no" with words that say what to do; the expected kind of failure. */
export type Refusal = { ok: false; code: RefusalCode; message: string };

export type Answer<T> = { ok: true; value: T } | Refusal;

export type RefusalCode = keyof typeof refusalStatus;

/** Every refusal the node knows, with the HTTP status the control API answers with. */
export const refusalStatus = {
  'account-limit-reached': 409,
  'account-not-found': 404,
  'account-reference-reused': 409,
  'address-pool-empty': 409,
  'address-unavailable': 409,
  'archive-contains-link': 422,
  'archive-encrypted': 422,
  'archive-path-unsafe': 422,
  'archive-too-large': 422,
  'archive-unreadable': 422,
  'disk-limit-reached': 409,
  'domain-taken': 409,
  'entry-exists': 409,
  'entry-not-found': 404,
  'file-too-large': 413,
  'finding-bytes-expired': 410,
  'finding-changed': 409,
  'finding-mended': 409,
  'finding-not-found': 404,
  'finding-not-mended': 409,
  'folder-protected': 409,
  'guard-off': 409,
  'not-a-file': 409,
  'not-a-folder': 409,
  'package-not-found': 404,
  'package-reference-reused': 409,
  'package-suspended': 409,
  'path-unsafe': 422,
  'primary-account': 409,
  'reference-terminated': 409,
  'request-invalid': 422,
  'request-too-large': 413,
  'rules-key-missing': 409,
  'rules-refused': 422,
  'scan-not-found': 404,
  'token-rejected': 401,
  'upload-interrupted': 400,
  'username-reserved': 422,
  'username-taken': 409,
} as const;

export function refuse(code: RefusalCode, message: string): Refusal {
  return { ok: false, code, message };
}

export function accept<T>(value: T): Answer<T> {
  return { ok: true, value };
}
