import { useEffect, useRef, useState } from 'react';
import { api } from '#web/api.ts';
import { failureOf } from '#web/ui/refusal.ts';
import type { RefusalLike } from '#web/ui/refusal.ts';
import type { CartQuoteView } from '../../quote-wire.ts';
import type { cartInput } from './cart-data.ts';

export type CartQuote = {
  quote: CartQuoteView | null;
  /** True while a newer choice is being priced: the amount on the screen is not yet its own. */
  stale: boolean;
  refusal: RefusalLike | null;
  failed: boolean;
};

const PAUSE_MS = 200;

/** The price of what is chosen, asked for anew whenever that or `again` changes. */
export function useCartQuote(
  input: ReturnType<typeof cartInput>,
  first: CartQuoteView | null,
  again: unknown,
): CartQuote {
  const [state, setState] = useState<CartQuote>({
    quote: first,
    stale: first === null,
    refusal: null,
    failed: false,
  });
  const key = JSON.stringify([input, again]);
  const known = useRef(first === null ? '' : key);
  useEffect(() => {
    if (known.current === key) return;
    let dropped = false;
    setState((before) => ({ ...before, stale: true }));
    const timer = setTimeout(async () => {
      const next = await ask(input);
      if (dropped) return;
      known.current = key;
      setState((before) => ({ ...next, quote: next.quote ?? before.quote }));
    }, PAUSE_MS);
    return () => {
      dropped = true;
      clearTimeout(timer);
    };
    // The key stands for the input.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [key]);
  return state;
}

async function ask(input: ReturnType<typeof cartInput>): Promise<CartQuote> {
  try {
    const quote = await api.orders.quoteCart(input);
    return { quote, stale: false, refusal: null, failed: false };
  } catch (error) {
    const failure = failureOf(error);
    const refusal = failure.kind === 'refused' ? failure.refusal : null;
    return { quote: null, stale: true, refusal, failed: refusal === null };
  }
}
