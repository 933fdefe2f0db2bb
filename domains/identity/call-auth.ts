import { isAPIError } from 'better-auth/api';
import { Refusal } from '#kit/refusal.ts';
import type { RefusalDetail } from '#kit/refusal.ts';
import type { HttpContext } from '#platform/http/http-context.ts';
import { plainAddress } from './attempts.ts';
import { ADDRESS_HEADER, brandAuth } from './brand-auth.ts';
import type { BrandAuth } from './brand-auth.ts';

/** The library's errors that are answers; any other is a defect. */
const REFUSAL: Readonly<Record<string, [code: string, detail?: RefusalDetail]>> = {
  INVALID_EMAIL_OR_PASSWORD: ['wrong-credentials'],
  INVALID_EMAIL: ['wrong-credentials'],
  INVALID_PASSWORD: ['password-wrong', { field: 'password' }],
  INVALID_TOKEN: ['link-expired'],
  USER_NOT_FOUND: ['link-expired'],
  INVALID_CODE: ['second-factor-wrong', { field: 'code' }],
  INVALID_BACKUP_CODE: ['second-factor-wrong', { field: 'code' }],
  INVALID_TWO_FACTOR_COOKIE: ['second-factor-expired'],
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: ['second-factor-expired'],
  ACCOUNT_TEMPORARILY_LOCKED: ['too-many-attempts', { params: { minutes: 15 } }],
  TOTP_ALREADY_ENABLED: ['second-factor-already-on'],
  TOTP_NOT_ENABLED: ['second-factor-not-on'],
  TWO_FACTOR_NOT_ENABLED: ['second-factor-not-on'],
  BACKUP_CODES_NOT_ENABLED: ['second-factor-not-on'],
  UNAUTHORIZED: ['not-signed-in'],
};

type Answer<T> = { headers: Headers; response: T };

/**
 * Calls the brand's instance with the request's cookies. Cookies it sets reach the answer only
 * after `check` found nothing to refuse. The instance sees no request: where it came from and
 * how often is judged before.
 */
export async function callAuth<T>(
  http: HttpContext,
  call: (api: BrandAuth['api'], headers: Headers) => Promise<Answer<T>>,
  check: (response: T) => Promise<void> = async () => {},
): Promise<T> {
  const auth = brandAuth(http.runtime, http.brandId, http.origin);
  const headers = new Headers({ [ADDRESS_HEADER]: plainAddress(http.address) });
  for (const name of ['cookie', 'user-agent']) {
    const value = http.headers.get(name);
    if (value !== null) headers.set(name, value.slice(0, 8000));
  }
  let answer: Answer<T>;
  try {
    answer = await call(auth.api, headers);
  } catch (error) {
    throw asRefusal(error);
  }
  await check(answer.response);
  for (const cookie of answer.headers.getSetCookie()) {
    http.responseHeaders.append('set-cookie', cookie);
  }
  return answer.response;
}

function asRefusal(error: unknown): unknown {
  if (!isAPIError(error)) return error;
  const known = REFUSAL[String(error.body?.code)];
  return known ? new Refusal(...known) : error;
}
