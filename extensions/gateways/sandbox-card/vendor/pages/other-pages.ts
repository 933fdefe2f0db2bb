import type { SandboxPayment } from '../payment.ts';
import { amountIn } from './amount.ts';
import { html } from './html.ts';
import { notice, page } from './page.ts';
import { WORDS, type Locale } from './words.ts';

/** The bank's own page between the card and the answer. */
export function threeDSecurePage(payment: SandboxPayment, locale: Locale): string {
  const words = WORDS[locale];
  const amount = amountIn(locale, payment.amountMinor, payment.currency);
  const body = html`<main class="bank">
    <p class="merchant">
      <span class="monogram" aria-hidden="true">${words.bank.slice(0, 1)}</span>${words.bank}
    </p>
    <h1>${words.confirmTitle}</h1>
    <p class="help">${words.confirmHelp}</p>
    <dl>
      <div>
        <dt>${payment.merchantName}</dt>
        <dd class="amount">${amount}</dd>
      </div>
      <div>
        <dt>${payment.card?.brand ?? ''}</dt>
        <dd class="code">•••• ${payment.card?.last4 ?? ''}</dd>
      </div>
    </dl>
    <form method="post" action="/pay/${payment.pageToken}/3ds?lang=${locale}" novalidate>
      <div class="field">
        <label for="code">${words.code}</label>
        <input
          id="code"
          name="code"
          inputmode="numeric"
          autocomplete="one-time-code"
          maxlength="8"
          aria-describedby="code-help"
        />
        <p class="help" id="code-help">${words.codeHelp}</p>
      </div>
      <button class="primary" name="answer" value="confirm">${words.confirm} ${amount}</button>
      <button class="quiet" name="answer" value="refuse">${words.refuse}</button>
    </form>
  </main>`;
  return page(locale, `${words.confirmTitle} · ${words.bank}`, body);
}

/** What a payment that can no longer be paid shows to whoever opens its address again. */
export function closedPage(payment: SandboxPayment, locale: Locale): string {
  const words = WORDS[locale];
  const amount = amountIn(locale, payment.amountMinor, payment.currency);
  const back = html`<a class="button" href="${payment.returnUrl}">${words.back}</a>`;
  const what = html`${payment.merchantName}<br />${payment.description}`;
  switch (payment.state) {
    case 'succeeded': {
      const title = `${words.succeeded} ${amount}`;
      return page(locale, title, notice('good', title, [what, words.succeededHelp], back));
    }
    case 'pending':
      return page(locale, words.pending, notice('wait', words.pending, [words.pendingHelp], back));
    default: {
      const why = words.failures[payment.failure ?? 'other'];
      return page(locale, words.failed, notice('bad', words.failed, [why, what], back));
    }
  }
}

/** The work was done and the payer is not told so: what a broken connection looks like. */
export function lostPage(payment: SandboxPayment, locale: Locale): string {
  const words = WORDS[locale];
  const back = html`<a class="button" href="${payment.returnUrl}">${words.back}</a>`;
  return page(locale, words.lost, notice('wait', words.lost, [words.lostHelp], back));
}

export function unknownPage(locale: Locale): string {
  const words = WORDS[locale];
  return page(locale, words.unknown, notice('bad', words.unknown, [words.unknownHelp], null));
}
