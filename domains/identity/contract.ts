import { z } from 'zod';
import { operation } from '#platform/http/operation.ts';
import { idWire, InstantWire, textWire } from '#platform/http/wire.ts';
import { PASSWORD_CHARS_MAX, PASSWORD_CHARS_MIN } from './password-length.ts';

/** An e-mail address as people are known by: trimmed, lower case. */
export const EmailWire = z.string().trim().toLowerCase().max(254).pipe(z.email());
export const LanguageWire = z.enum(['ru', 'en']);
export const NewPasswordWire = z.string().min(PASSWORD_CHARS_MIN).max(PASSWORD_CHARS_MAX);
/** A password to check: any length that a stored one may have. */
const PasswordWire = z.string().min(1).max(PASSWORD_CHARS_MAX);
const TokenWire = z.string().min(16).max(200);
const Nothing = z.object({});
const user = { who: 'user' } as const;
const anyone = { who: 'anyone' } as const;

const PlaceWire = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('staff'), id: idWire('sel'), role: z.string() }),
  z.object({ kind: z.literal('client'), id: idWire('cli') }),
]);

const PersonWire = z.object({
  id: idWire('usr'),
  email: z.string(),
  emailVerified: z.boolean(),
  name: z.string(),
  language: LanguageWire,
  secondFactor: z.boolean(),
  demo: z.boolean().describe('a login of the demo data, refused in production'),
  /** Where the person may act; `acting` is where they do now. */
  places: z.array(PlaceWire),
  acting: PlaceWire.nullable(),
  permissions: z.array(z.string()),
});

const session = {
  current: operation({
    method: 'GET',
    path: '/v1/session',
    summary: 'Which brand this is, who is signed in and what they may do',
    access: anyone,
    transaction: 'own',
    input: Nothing,
    output: z.object({
      brand: z.object({
        id: idWire('brd'),
        name: z.string(),
        languages: z.array(LanguageWire),
        defaultLanguage: LanguageWire,
        currency: z.string(),
        accent: z.string(),
        pricesIncludeTax: z.boolean(),
        supportEmail: z.string(),
      }),
      person: PersonWire.nullable(),
    }),
  }),
  signIn: operation({
    method: 'POST',
    path: '/v1/session',
    summary: 'Sign in with e-mail and password',
    access: anyone,
    transaction: 'own',
    input: z.object({ email: EmailWire, password: PasswordWire }),
    output: z.object({ state: z.enum(['signed-in', 'second-factor-needed']) }),
    refusals: ['wrong-credentials', 'too-many-attempts', 'demo-login-refused', 'account-closed'],
  }),
  verifySecondFactor: operation({
    method: 'POST',
    path: '/v1/session/second-factor',
    summary: 'Finish signing in with a code of the app, or with a recovery code',
    access: anyone,
    transaction: 'own',
    input: z.object({
      method: z.enum(['app', 'recovery']),
      code: z.string().trim().min(6).max(20),
    }),
    output: z.object({ state: z.literal('signed-in') }),
    refusals: [
      'second-factor-wrong',
      'second-factor-expired',
      'second-factor-code-used',
      'second-factor-not-on',
      'too-many-attempts',
    ],
  }),
  signOut: operation({
    method: 'DELETE',
    path: '/v1/session',
    summary: 'Sign out',
    access: anyone,
    transaction: 'own',
    input: Nothing,
    output: Nothing,
  }),
  actAs: operation({
    method: 'PUT',
    path: '/v1/session/place',
    summary: 'Choose the client or the seller to act for in this session',
    access: user,
    transaction: 'own',
    input: z.object({ id: z.union([idWire('sel'), idWire('cli')]) }),
    output: PlaceWire,
    refusals: ['place-not-found'],
  }),
};

const sessions = {
  list: operation({
    method: 'GET',
    path: '/v1/sessions',
    summary: 'Where I am signed in',
    access: user,
    transaction: 'own',
    input: Nothing,
    output: z.object({
      items: z.array(
        z.object({
          id: idWire('ses'),
          current: z.boolean(),
          address: z.string(),
          userAgent: z.string(),
          createdAt: InstantWire,
          lastSeenAt: InstantWire,
        }),
      ),
    }),
  }),
  revoke: operation({
    method: 'DELETE',
    path: '/v1/sessions/{id}',
    summary: 'End one of my sessions',
    access: user,
    input: z.object({ id: idWire('ses') }),
    output: Nothing,
    refusals: ['session-not-found'],
  }),
  revokeOthers: operation({
    method: 'DELETE',
    path: '/v1/sessions',
    summary: 'End all my sessions but this one',
    access: user,
    transaction: 'own',
    input: Nothing,
    output: z.object({ ended: z.int() }),
  }),
};

const password = {
  change: operation({
    method: 'PUT',
    path: '/v1/password',
    summary: 'Change my password; my other sessions end',
    access: user,
    transaction: 'own',
    input: z.object({ currentPassword: PasswordWire, newPassword: NewPasswordWire }),
    output: Nothing,
    refusals: ['password-wrong', 'too-many-attempts'],
  }),
  forgot: operation({
    method: 'POST',
    path: '/v1/password/forgot',
    summary: 'Have a link to set a new password mailed, if the address is known here',
    access: anyone,
    transaction: 'own',
    input: z.object({ email: EmailWire }),
    output: Nothing,
    refusals: ['too-many-attempts'],
  }),
  reset: operation({
    method: 'POST',
    path: '/v1/password/reset',
    summary: 'Set a new password with the token of the mailed link; every session ends',
    access: anyone,
    transaction: 'own',
    input: z.object({ token: TokenWire, newPassword: NewPasswordWire }),
    output: Nothing,
    refusals: ['link-expired', 'too-many-attempts'],
  }),
};

const email = {
  sendVerification: operation({
    method: 'POST',
    path: '/v1/email/verification',
    summary: 'Have a link to confirm my address mailed',
    access: user,
    transaction: 'own',
    input: Nothing,
    output: Nothing,
    refusals: ['email-already-verified', 'too-many-attempts'],
  }),
  verify: operation({
    method: 'POST',
    path: '/v1/email/verify',
    summary: 'Confirm an address with the token of the mailed link',
    access: anyone,
    transaction: 'own',
    input: z.object({ token: TokenWire }),
    output: Nothing,
    refusals: ['link-expired', 'too-many-attempts'],
  }),
};

const RecoveryCodesWire = z.array(z.string()).describe('shown once; each opens the door once');

const secondFactor = {
  enrol: operation({
    method: 'POST',
    path: '/v1/second-factor',
    summary: 'Begin to use an authenticator app; nothing changes until a code confirms it',
    access: user,
    transaction: 'own',
    input: z.object({ password: PasswordWire }),
    output: z.object({
      uri: z.string().describe('otpauth://…, for the QR code'),
      key: z.string().describe('the same, to type in by hand'),
      recoveryCodes: RecoveryCodesWire,
    }),
    refusals: ['password-wrong', 'second-factor-already-on', 'too-many-attempts'],
  }),
  confirm: operation({
    method: 'POST',
    path: '/v1/second-factor/confirm',
    summary: 'Turn the second factor on with a code of the app; other sessions end',
    access: user,
    transaction: 'own',
    input: z.object({
      code: z
        .string()
        .trim()
        .regex(/^\d{6}$/),
    }),
    output: Nothing,
    refusals: ['second-factor-wrong', 'second-factor-not-on', 'too-many-attempts'],
  }),
  disable: operation({
    method: 'POST',
    path: '/v1/second-factor/disable',
    summary: 'Stop asking for a second factor',
    access: user,
    transaction: 'own',
    input: z.object({ password: PasswordWire }),
    output: Nothing,
    refusals: ['password-wrong', 'too-many-attempts'],
  }),
  renewRecoveryCodes: operation({
    method: 'POST',
    path: '/v1/second-factor/recovery-codes',
    summary: 'Make new recovery codes; the old ones stop working',
    access: user,
    transaction: 'own',
    input: z.object({ password: PasswordWire }),
    output: z.object({ recoveryCodes: RecoveryCodesWire }),
    refusals: ['password-wrong', 'second-factor-not-on', 'too-many-attempts'],
  }),
};

const person = {
  update: operation({
    method: 'PATCH',
    path: '/v1/person',
    summary: 'Change my name or the language I am spoken to in',
    access: user,
    input: z.object({ name: textWire(120).optional(), language: LanguageWire.optional() }),
    output: Nothing,
  }),
};

const ApiKeyWire = z.object({
  id: idWire('key'),
  name: z.string(),
  prefix: z.string().describe('how the key begins, to know it by'),
  scopes: z.array(z.string()),
  createdAt: InstantWire,
  expiresAt: InstantWire.nullable(),
  lastUsedAt: InstantWire.nullable(),
  revokedAt: InstantWire.nullable(),
  state: z.enum(['live', 'ended', 'revoked']),
});

const apiKeys = {
  list: operation({
    method: 'GET',
    path: '/v1/api-keys',
    summary: 'The API keys of the client or seller I act for, and the scopes a key may have',
    access: user,
    input: Nothing,
    output: z.object({ items: z.array(ApiKeyWire), scopes: z.array(z.string()) }),
  }),
  create: operation({
    method: 'POST',
    path: '/v1/api-keys',
    summary: 'Make an API key; it is shown this once',
    access: user,
    input: z.object({
      name: textWire(80),
      scopes: z.array(z.string().max(60)).min(1).max(100),
      days: z.int().min(1).max(730).nullable().describe('how long it is good for; null: no end'),
    }),
    idempotency: 'told-once',
    output: ApiKeyWire.extend({ key: z.string() }),
    refusals: ['scope-unknown', 'too-many-api-keys'],
  }),
  revoke: operation({
    method: 'DELETE',
    path: '/v1/api-keys/{id}',
    summary: 'End an API key at once',
    access: user,
    input: z.object({ id: idWire('key') }),
    output: Nothing,
    refusals: ['api-key-not-found'],
  }),
};

const staff = {
  list: operation({
    method: 'GET',
    path: '/v1/admin/staff',
    summary: 'Who works for this seller, and what each may do',
    access: { who: 'staff', permission: 'staff.read' },
    input: Nothing,
    output: z.object({
      items: z.array(
        z.object({
          id: idWire('usr'),
          name: z.string(),
          email: z.string(),
          role: z.string(),
          secondFactor: z.boolean(),
          lastSeenAt: InstantWire.nullable(),
        }),
      ),
    }),
  }),
};

export const identityContract = {
  session,
  sessions,
  password,
  email,
  secondFactor,
  person,
  apiKeys,
  staff,
};
