import { hkdfSync } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { twoFactor } from 'better-auth/plugins/two-factor';
import { newId } from '#platform/context.ts';
import type { Runtime } from '#platform/runtime.ts';
import { brandAdapter } from './auth-store.ts';
import { PASSWORD_CHARS_MAX, PASSWORD_CHARS_MIN } from './password-length.ts';
import { hashPassword, verifyPassword } from './password-hash.ts';

const DAY_SECONDS = 24 * 60 * 60;
const SESSION_SECONDS = 14 * DAY_SECONDS;
const CHALLENGE_SECONDS = 10 * 60;
const PREFIX: Readonly<Record<string, string>> = {
  user: 'usr',
  session: 'ses',
  account: 'crd',
  verification: 'vrf',
  twoFactor: 'tfa',
};

export type BrandAuth = ReturnType<typeof makeAuth>;

const made = new WeakMap<Runtime, Map<string, BrandAuth>>();
/** A port in the Host header is the visitor's word, so the number of origins must be bounded. */
const INSTANCES_MAX = 200;

/** The library's instance for one brand at one of its addresses; made once. */
export function brandAuth(runtime: Runtime, brandId: string, origin: string): BrandAuth {
  const instances = made.get(runtime) ?? new Map<string, BrandAuth>();
  made.set(runtime, instances);
  const key = `${brandId} ${origin}`;
  const known = instances.get(key);
  if (known) return known;
  if (instances.size >= INSTANCES_MAX) instances.delete(instances.keys().next().value ?? key);
  const auth = makeAuth(runtime, brandId, origin);
  instances.set(key, auth);
  return auth;
}

const secrets = new WeakMap<Runtime, Map<string, string>>();

/** A brand's own key: what is signed for one brand means nothing at another. */
export function brandSecret(runtime: Runtime, brandId: string): string {
  const known = secrets.get(runtime) ?? new Map<string, string>();
  secrets.set(runtime, known);
  const secret =
    known.get(brandId) ??
    Buffer.from(hkdfSync('sha256', runtime.secret, '', `stoika identity ${brandId}`, 32)).toString(
      'base64url',
    );
  known.set(brandId, secret);
  return secret;
}

/** Whether cookies travel over https alone; their name says so too (RFC 6265bis `__Secure-`). */
export function isSecureOrigin(origin: string): boolean {
  return origin.startsWith('https://');
}

/** Under this name `callAuth` tells the library where a request comes from. */
export const ADDRESS_HEADER = 'x-stoika-address';

const COOKIE_PREFIX = 'stoika';

export function sessionCookieName(origin: string): string {
  return `${isSecureOrigin(origin) ? '__Secure-' : ''}${COOKIE_PREFIX}.session_token`;
}

function makeAuth(runtime: Runtime, brandId: string, origin: string) {
  return betterAuth({
    appName: 'Stoika',
    baseURL: origin,
    secret: brandSecret(runtime, brandId),
    database: brandAdapter(runtime.db, brandId),
    telemetry: { enabled: false },
    logger: {
      level: 'error',
      log: (_level, message, ...details) => runtime.log.error({ details }, message),
    },
    // Ours are counted in the database, for every process, by account and by address.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      useSecureCookies: isSecureOrigin(origin),
      database: { generateId: ({ model }) => newId(PREFIX[model] ?? 'idn', 0) },
      ipAddress: { disableIpTracking: true },
    },
    session: { expiresIn: SESSION_SECONDS, updateAge: DAY_SECONDS },
    databaseHooks: {
      session: {
        create: {
          // As the connection has it; the library would keep an IPv6 network in its place.
          before: async (session, context) => ({
            data: { ...session, ipAddress: context?.headers?.get(ADDRESS_HEADER) ?? '' },
          }),
        },
      },
    },
    verification: { storeIdentifier: 'hashed' },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_CHARS_MIN,
      maxPasswordLength: PASSWORD_CHARS_MAX,
      password: {
        hash: hashPassword,
        verify: ({ hash, password }) => verifyPassword(hash, password),
      },
      revokeSessionsOnPasswordReset: true,
    },
    plugins: [
      twoFactor({
        accountLockout: { maxFailedAttempts: 10, durationSeconds: 900 },
        twoFactorCookieMaxAge: CHALLENGE_SECONDS,
      }),
    ],
  });
}
