import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { failureOf } from '../ui/refusal.ts';
import { browserLocale } from './locale.ts';
import { goAndSignIn } from './sign-in-address.ts';

const STALE_MS = 5_000;
const RETRIES_MAX = 2;

/** What the panel knows of the server. A session that has ended leads to signing in. */
export function panelQueries(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
    mutationCache: new MutationCache({ onError: leaveWhenSignedOut }),
    defaultOptions: { queries: { staleTime: STALE_MS, retry: worthAnotherTry } },
  });
}

/** A refusal stays a refusal; only a broken connection or server is asked again. */
function worthAnotherTry(failures: number, error: unknown): boolean {
  return failures < RETRIES_MAX && failureOf(error).kind === 'failed';
}

function leaveWhenSignedOut(error: unknown) {
  const failure = failureOf(error);
  if (failure.kind === 'refused' && failure.refusal.code === 'not-signed-in') {
    goAndSignIn(browserLocale());
  }
}
