import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Bank } from './bank.ts';
import { readCard, type CardForm } from './card-form.ts';
import { closedPage, lostPage, threeDSecurePage, unknownPage } from './pages/other-pages.ts';
import { grouped, paymentPage, type PaymentPageState } from './pages/payment-page.ts';
import type { Locale } from './pages/words.ts';
import { answerThreeDSecure, leave, presentCard, type SandboxPayment } from './payment.ts';
import { TEST_CARDS } from './test-cards.ts';
import type { VendorStore } from './vendor-store.ts';

export type PageOptions = { store: VendorStore; bank: Bank; nowMs: () => number; lateMs: number };

const RIGHT_CODE = '1234';
const FORM_BYTES_MAX = 8 * 1024;
const EMPTY: CardForm = { number: '', expiry: '', cvc: '' };

/** The payer's side: pages without script, each made new for who asks. */
export function pageRoutes(options: PageOptions): Hono {
  const { store, bank, nowMs, lateMs } = options;
  const app = new Hono();
  app.use(bodyLimit({ maxSize: FORM_BYTES_MAX }));

  const withPayment = (
    context: Context,
    show: (payment: SandboxPayment, locale: Locale) => Response | Promise<Response>,
  ) => {
    const payment = store.paymentByToken(context.req.param('token') ?? '');
    const asked = context.req.query('lang');
    const chosen = asked === 'ru' || asked === 'en' ? asked : payment?.locale;
    if (!payment) return sendPage(context, unknownPage(chosen ?? 'ru'), null, 404);
    return show(payment, chosen ?? 'ru');
  };

  app.get('/:token', (context) =>
    withPayment(context, (payment, locale) => {
      if (payment.state === 'three-d-secure') {
        return sendPage(context, threeDSecurePage(payment, locale), payment);
      }
      if (payment.state !== 'open') return sendPage(context, closedPage(payment, locale), payment);
      const state = pickedState(context.req.query('card'), locale, nowMs());
      return sendPage(context, paymentPage(payment, state), payment);
    }),
  );

  app.post('/:token', (context) =>
    withPayment(context, async (payment, locale) => {
      const form = await formOf(context);
      const reading = readCard(form, today(nowMs()));
      if (reading.kind === 'problems' && payment.state === 'open') {
        const { problems } = reading;
        const kept = { ...form, cvc: '' };
        const state = { locale, nowMs: nowMs(), form: kept, problems, picked: null };
        return sendPage(context, paymentPage(payment, state), payment, 422);
      }
      const step =
        reading.kind === 'card'
          ? bank.move(payment.pageToken, (now) => presentCard(now, reading.card, lateMs))
          : null;
      if (step?.losesAnswer) return sendPage(context, lostPage(payment, locale), payment, 500);
      return onward(context, step?.payment ?? payment, locale);
    }),
  );

  app.post('/:token/3ds', (context) =>
    withPayment(context, async (payment, locale) => {
      const { code, answer } = await context.req.parseBody();
      const isRight =
        answer === 'confirm' && typeof code === 'string' && code.trim() === RIGHT_CODE;
      const step = bank.move(payment.pageToken, (now) => answerThreeDSecure(now, isRight));
      return onward(context, step?.payment ?? payment, locale);
    }),
  );

  app.post('/:token/leave', (context) =>
    withPayment(context, (payment) => {
      bank.move(payment.pageToken, leave);
      return context.redirect(payment.returnUrl, 303);
    }),
  );
  return app;
}

/** Back to the shop once the payer has nothing more to do here, otherwise to the page that asks. */
function onward(context: Context, payment: SandboxPayment, locale: Locale): Response {
  const isOpen = payment.state === 'open' || payment.state === 'three-d-secure';
  const page = `/pay/${payment.pageToken}?lang=${locale}`;
  return context.redirect(isOpen ? page : payment.returnUrl, 303);
}

function pickedState(wanted: string | undefined, locale: Locale, nowMs: number): PaymentPageState {
  const picked = TEST_CARDS.find(({ outcome }) => outcome === wanted);
  if (!picked) return { locale, nowMs, form: EMPTY, problems: {}, picked: null };
  const expiry = `12 / ${String((today(nowMs).year + 3) % 100).padStart(2, '0')}`;
  const form = { number: grouped(picked.number), expiry, cvc: '123' };
  return { locale, nowMs, form, problems: {}, picked: picked.outcome };
}

async function formOf(context: Context): Promise<CardForm> {
  const body = await context.req.parseBody();
  const text = (name: string) => {
    const value = body[name];
    return typeof value === 'string' ? value.slice(0, 40) : '';
  };
  return { number: text('number'), expiry: text('expiry'), cvc: text('cvc') };
}

function today(nowMs: number): Temporal.PlainDate {
  const at = Temporal.Instant.fromEpochMilliseconds(nowMs);
  return at.toZonedDateTimeISO('UTC').toPlainDate();
}

/**
 * `form-action` names the shop's origin too: Chromium holds the redirect that answers a form to
 * the same rule, and after paying the payer is sent there.
 */
function sendPage(
  context: Context,
  body: string,
  payment: SandboxPayment | null,
  status: 200 | 404 | 422 | 500 = 200,
): Response {
  const shop = payment ? ` ${new URL(payment.returnUrl).origin}` : '';
  context.header(
    'content-security-policy',
    `default-src 'none'; style-src 'self'; font-src 'self'; form-action 'self'${shop}; ` +
      "frame-ancestors 'none'; base-uri 'none'",
  );
  context.header('cache-control', 'no-store');
  context.header('referrer-policy', 'no-referrer');
  context.header('x-content-type-options', 'nosniff');
  return context.html(body, status);
}

const FONTS = {
  'onest-cyrillic.woff2': '@fontsource-variable/onest/files/onest-cyrillic-wght-normal.woff2',
  'onest-latin.woff2': '@fontsource-variable/onest/files/onest-latin-wght-normal.woff2',
  'jetbrains-mono-latin.woff2':
    '@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2',
} as const;

export function assetRoutes(): Hono {
  const app = new Hono();
  const style = readFileSync(new URL('./pages/pay.css', import.meta.url), 'utf8');
  app.get('/pay.css', (context) =>
    context.body(style, 200, { 'content-type': 'text/css; charset=utf-8' }),
  );
  for (const [name, source] of Object.entries(FONTS)) {
    const bytes = new Uint8Array(readFileSync(fileURLToPath(import.meta.resolve(source))));
    app.get(`/${name}`, (context) =>
      context.body(bytes, 200, {
        'content-type': 'font/woff2',
        'cache-control': 'public, max-age=86400',
        'access-control-allow-origin': '*',
      }),
    );
  }
  return app;
}
