import type { CardField, CardForm, CardProblem } from '../card-form.ts';
import type { SandboxPayment } from '../payment.ts';
import { TEST_CARDS } from '../test-cards.ts';
import { amountIn, minutesIn } from './amount.ts';
import { html, type Markup } from './html.ts';
import { page } from './page.ts';
import { WORDS, type Locale } from './words.ts';

export type PaymentPageState = {
  locale: Locale;
  nowMs: number;
  /** What stands in the form; a CVC that was sent is never put back. */
  form: CardForm;
  problems: Partial<Record<CardField, CardProblem>>;
  picked: string | null;
};

const LOCK = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <path
    d="M6 11h12a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-8a1 1 0 0 1 1-1ZM8 11V7a4 4 0 0 1 8 0v4"
  />
</svg>`;
const ALERT = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <circle cx="12" cy="12" r="9" />
  <path d="M12 7.5v5.5M12 16.3v.2" />
</svg>`;

/** The page the payer is sent to: what is paid to whom, the card, and the cards to try. */
export function paymentPage(payment: SandboxPayment, state: PaymentPageState): string {
  const words = WORDS[state.locale];
  const amount = amountIn(state.locale, payment.amountMinor, payment.currency);
  const body = html`<main>
    <div class="sheet">${bill(payment, state, amount)} ${form(payment, state, amount)}</div>
    ${testCards(payment, state)}
  </main>`;
  return page(state.locale, `${words.pay} ${amount} · ${payment.merchantName}`, body);
}

function bill(
  payment: SandboxPayment,
  { locale, nowMs }: PaymentPageState,
  amount: string,
): Markup {
  const words = WORDS[locale];
  const minutes = Math.max(1, Math.floor((payment.expiresAtMs - nowMs) / 60_000));
  const initial = payment.merchantName.trim().slice(0, 1).toUpperCase();
  return html`<section class="bill">
    <p class="merchant">
      <span class="monogram" aria-hidden="true">${initial}</span>${payment.merchantName}
    </p>
    <h1><span class="label">${words.toPay}</span> <span class="amount">${amount}</span></h1>
    <p class="what">${payment.description}</p>
    <dl>
      <div>
        <dt>${words.paymentNumber}</dt>
        <dd class="code">${payment.paymentId}</dd>
      </div>
      <div>
        <dt>${words.payWithin}</dt>
        <dd>${minutesIn(locale, minutes)}</dd>
      </div>
    </dl>
  </section>`;
}

function form(payment: SandboxPayment, state: PaymentPageState, amount: string): Markup {
  const words = WORDS[state.locale];
  const address = `/pay/${payment.pageToken}`;
  const isFresh = state.picked === null && Object.keys(state.problems).length === 0;
  const refusal = isFresh && payment.failure;
  const other = state.locale === 'ru' ? 'en' : 'ru';
  return html`<section class="card" id="card">
    <div class="head">
      <h2>${words.card}</h2>
      <a class="quiet" href="${address}?lang=${other}" lang="${other}" hreflang="${other}"
        >${words.otherLanguage}</a
      >
    </div>
    ${refusal && html`<p class="refusal" role="alert">${ALERT}${words.failures[refusal]}</p>`}
    <form method="post" action="${address}?lang=${state.locale}" novalidate>
      ${field(state, 'number', '0000 0000 0000 0000')}
      <div class="pair">
        ${field(state, 'expiry', words.expiryShape)} ${field(state, 'cvc', '000', words.cvcHelp)}
      </div>
      <button class="primary">${LOCK}${words.pay} ${amount}</button>
    </form>
    ${payment.savesMethod && html`<p class="never">${words.willBeSaved}</p>`}
    <p class="never">${words.neverReal}</p>
    <form method="post" action="${address}/leave">
      <button class="quiet">${words.leave}</button>
    </form>
  </section>`;
}

const INPUTS = {
  number: { autocomplete: 'cc-number', lengthMax: 23 },
  expiry: { autocomplete: 'cc-exp', lengthMax: 7 },
  cvc: { autocomplete: 'cc-csc', lengthMax: 4 },
} as const;

function field(
  { form: typed, problems, locale }: PaymentPageState,
  name: CardField,
  shape: string,
  help?: string,
): Markup {
  const words = WORDS[locale];
  const problem = problems[name];
  const { autocomplete, lengthMax } = INPUTS[name];
  const note = problem
    ? html`<p class="problem" id="${name}-note">${words.problems[problem]}</p>`
    : help !== undefined && html`<p class="help" id="${name}-note">${help}</p>`;
  return html`<div class="field">
    <label for="${name}">${words[name]}</label>
    <input
      id="${name}"
      name="${name}"
      value="${typed[name]}"
      inputmode="numeric"
      autocomplete="${autocomplete}"
      maxlength="${lengthMax}"
      placeholder="${shape}"
      required
      ${note && html`aria-describedby="${name}-note"`}
      ${problem && html`aria-invalid="true"`}
    />
    ${note}
  </div>`;
}

function testCards(payment: SandboxPayment, { locale, picked }: PaymentPageState): Markup {
  const words = WORDS[locale];
  const entries = TEST_CARDS.map(({ outcome, number, says }) => {
    const address = `/pay/${payment.pageToken}?lang=${locale}&card=${outcome}#card`;
    return html`<li>
      <a href="${address}" ${picked === outcome && html`aria-current="true"`}>
        <span class="code">${grouped(number)}</span><span class="says">${says[locale]}</span></a
      >
    </li> `;
  });
  return html`<section class="tests">
    <h2>${words.testCards}</h2>
    <p class="help">${words.testCardsHelp}</p>
    <ul>
      ${entries}
    </ul>
  </section>`;
}

export function grouped(number: string): string {
  return number.replace(/(\d{4})(?=\d)/g, '$1 ');
}
