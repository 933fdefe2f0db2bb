import {
  addressBlock,
  createUser,
  sendVerificationLink,
  signIn,
  spendAttempts,
} from '#domains/identity/index.ts';
import type { Language } from '#domains/brands/index.ts';
import type { Outside } from '#platform/context.ts';
import type { HttpContext } from '#platform/http/http-context.ts';
import { registerClient } from './register-client.ts';

export type SignUp = {
  email: string;
  password: string;
  name: string;
  company: string | null;
  country: string;
  language: Language;
};

/**
 * A person and the client they act for, made together or not at all, then signed in. When only
 * the answer is lost, the same e-mail and password sign in. A shop that lets people buy at once
 * cannot hide that an e-mail is taken, so tries are counted by address.
 */
export async function signUp(
  outside: Outside,
  input: SignUp,
  http: HttpContext,
): Promise<{ clientId: string }> {
  await spendAttempts(outside, { door: 'sign-up-address', who: addressBlock(http.address) });
  const { email, password, name, company, country, language } = input;
  const client = await outside.transact(async (ctx) => {
    const user = await createUser(ctx, { brandId: http.brandId, email, password, name, language });
    const made = await registerClient(ctx, {
      brandId: http.brandId,
      userId: user.id,
      profile: {
        ...BLANK,
        kind: company === null ? 'person' : 'company',
        name,
        company,
        email,
        country,
        language,
      },
    });
    await sendVerificationLink(ctx, user, http.origin);
    return made;
  });
  await signIn(outside, { email, password }, http);
  return { clientId: client.id };
}

const BLANK = {
  phone: null,
  region: null,
  city: null,
  street: null,
  postcode: null,
  taxId: null,
};
