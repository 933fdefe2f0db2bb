import { refuse } from '#kit/refusal.ts';
import type { Outside } from '#platform/context.ts';
import type { HttpContext } from '#platform/http/http-context.ts';
import { serve } from '#platform/http/serve.ts';
import { createApiKey, endApiKey, grantableScopes, listApiKeys } from './api-keys.ts';
import type { ApiKey } from './api-key-store.ts';
import { callAuth } from './call-auth.ts';
import { identityContract } from './contract.ts';
import { actAs, currentSession } from './current-person.ts';
import { personOf, sessionHash } from './current-session.ts';
import { changePassword, forgotPassword, resetPassword } from './password.ts';
import {
  confirmSecondFactor,
  disableSecondFactor,
  enrolSecondFactor,
  renewRecoveryCodes,
  verifySecondFactor,
} from './second-factor.ts';
import { deleteOtherSessions, deleteSession, selectSessions } from './session-store.ts';
import { signIn } from './sign-in.ts';
import { selectStaff, updateUser } from './store.ts';
import { requestVerification, verifyEmail } from './verify-email.ts';

export const identityRoutes = serve(identityContract, {
  session: {
    current: {
      outside: async (outside, input, http) => {
        const { brand, person } = await currentSession(outside, input, http);
        return { brand: { ...brand, languages: [...brand.languages] }, person };
      },
    },
    signIn: { outside: signIn },
    verifySecondFactor: { outside: verifySecondFactor },
    signOut: { outside: signOut },
    actAs: { outside: actAs },
  },
  sessions: {
    list: { outside: listSessions },
    revoke: async (ctx, { id }) => {
      if (!(await deleteSession(ctx, personOf(ctx), id))) refuse('session-not-found');
      return {};
    },
    revokeOthers: {
      outside: async (outside, _input, http) => {
        const token = sessionHash(http);
        const work = outside.transact((ctx) => deleteOtherSessions(ctx, personOf(http), token));
        return { ended: await work };
      },
    },
  },
  password: {
    change: { outside: changePassword },
    forgot: { outside: forgotPassword },
    reset: { outside: resetPassword },
  },
  email: {
    sendVerification: { outside: requestVerification },
    verify: { outside: verifyEmail },
  },
  secondFactor: {
    enrol: { outside: enrolSecondFactor },
    confirm: { outside: confirmSecondFactor },
    disable: { outside: disableSecondFactor },
    renewRecoveryCodes: { outside: renewRecoveryCodes },
  },
  person: {
    update: async (ctx, change) => {
      await updateUser(ctx, personOf(ctx), change);
      return {};
    },
  },
  apiKeys: {
    list: async (ctx) => ({
      items: (await listApiKeys(ctx)).map(keyWire),
      scopes: [...grantableScopes(ctx)],
    }),
    create: async (ctx, input) => {
      const { key, ...made } = await createApiKey(ctx, input);
      return { ...keyWire(made), key };
    },
    revoke: async (ctx, { id }) => {
      await endApiKey(ctx, id);
      return {};
    },
  },
  staff: {
    list: async (ctx) => {
      if (ctx.actor.kind !== 'staff') refuse('not-allowed');
      const members = await selectStaff(ctx, ctx.actor.sellerId);
      return {
        items: members.map((member) => ({
          id: member.id,
          name: member.name,
          email: member.email,
          role: member.role,
          secondFactor: member.secondFactor,
          lastSeenAt: member.lastSeenAt?.toString() ?? null,
        })),
      };
    },
  },
});

async function signOut(
  _outside: Outside,
  _input: unknown,
  http: HttpContext,
): Promise<Record<string, never>> {
  await callAuth(http, (api, headers) => api.signOut({ headers, returnHeaders: true }));
  return {};
}

async function listSessions(outside: Outside, _input: unknown, http: HttpContext) {
  const current = sessionHash(http);
  const found = await outside.transact((ctx) => selectSessions(ctx, personOf(http)));
  return {
    items: found.map((session) => ({
      id: session.id,
      current: session.token === current,
      address: session.address,
      userAgent: session.userAgent,
      createdAt: session.createdAt.toString(),
      lastSeenAt: session.lastSeenAt.toString(),
    })),
  };
}

function keyWire(key: ApiKey) {
  return {
    ...key,
    createdAt: key.createdAt.toString(),
    expiresAt: key.expiresAt?.toString() ?? null,
    lastUsedAt: key.lastUsedAt?.toString() ?? null,
    revokedAt: key.revokedAt?.toString() ?? null,
  };
}
