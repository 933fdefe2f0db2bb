import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import { FAILURE_WORDS, keptMethod, type Bank } from './bank.ts';
import { faultSchema, takeFault, type Fault } from './fault.ts';
import { refunded, type SandboxPayment } from './payment.ts';
import { chargeRequestSchema, paymentRequestSchema, refundRequestSchema } from './requests.ts';
import type { VendorStore } from './vendor-store.ts';

export type ApiOptions = {
  store: VendorStore;
  bank: Bank;
  nowMs: () => number;
  apiKey: string;
  publicUrl: () => string;
  payWithinMs: number;
  lateMs: number;
};

type Answer = { status: 200 | 201 | 400 | 404 | 409 | 422; body: Record<string, unknown> };
type Env = { Bindings: HttpBindings };

const BODY_BYTES_MAX = 64 * 1024;
const KEY_PATTERN = /^[\w.:-]{1,128}$/;

/** The merchant's side: JSON, a bearer key, and an `Idempotency-Key` on whatever moves money. */
export function apiRoutes(options: ApiOptions): Hono<Env> {
  const { store } = options;
  const faults: Fault[] = [];
  const app = new Hono<Env>();
  app.use(bodyLimit({ maxSize: BODY_BYTES_MAX }));
  app.use(async (context, next) => {
    const given = context.req.header('authorization') ?? '';
    if (!sameText(given, `Bearer ${options.apiKey}`)) {
      return context.json(problem('unauthorized', 'The API key is not valid.'), 401);
    }
    return next();
  });

  const answer = async (context: Context<Env>, operation: string, work: () => Answer) => {
    const fault = takeFault(faults, operation);
    if (fault?.kind === 'slow') await delay(fault.delayMs);
    if (fault?.kind === 'http-500') return context.text('Internal Server Error', 500);
    if (fault?.kind === 'drop') return hangUp(context);
    const { status, body } = work();
    if (fault?.kind === 'work-then-500') return context.text('Internal Server Error', 500);
    if (fault?.kind === 'work-then-drop' || body['loses_answer']) return hangUp(context);
    return context.json(body, status);
  };

  app.post('/payments', async (context) => {
    const request = paymentRequestSchema.safeParse(await jsonOf(context));
    return answer(context, 'payments.create', () =>
      once(store, context, request, (input) => createPayment(options, input)),
    );
  });
  app.get('/payments/:id', (context) =>
    answer(context, 'payments.read', () => shown(options, store.payment(context.req.param('id')))),
  );
  app.get('/payments', (context) =>
    answer(context, 'payments.read', () =>
      shown(options, store.paymentByPaymentId(context.req.query('payment_id') ?? '')),
    ),
  );
  app.post('/charges', async (context) => {
    const request = chargeRequestSchema.safeParse(await jsonOf(context));
    return answer(context, 'charges.create', () =>
      once(store, context, request, (input) => createCharge(options, input)),
    );
  });
  app.delete('/methods/:token', (context) =>
    answer(context, 'methods.forget', () =>
      store.forgetCard(context.req.param('token'))
        ? { status: 200, body: { forgotten: true } }
        : refused(404, 'method_not_found', 'There is no such saved card.'),
    ),
  );
  app.post('/refunds', async (context) => {
    const request = refundRequestSchema.safeParse(await jsonOf(context));
    return answer(context, 'refunds.create', () =>
      once(store, context, request, (input) => createRefund(options, input)),
    );
  });
  app.put('/faults', async (context) => {
    faults.splice(0, Infinity, ...z.array(faultSchema).parse(await jsonOf(context)));
    return context.json(faults);
  });
  app.get('/deliveries', (context) => context.json(store.lastDeliveries()));
  return app;
}

function createPayment(options: ApiOptions, input: z.output<typeof paymentRequestSchema>): Answer {
  if (options.store.paymentByPaymentId(input.payment_id)) return idTaken();
  const payment: SandboxPayment = {
    ...newPayment(options, input),
    returnUrl: input.return_url,
    savesMethod: input.save_method,
    hasPage: true,
  };
  options.bank.open(payment);
  return { status: 201, body: documentOf(payment, options.publicUrl()) };
}

function createCharge(options: ApiOptions, input: z.output<typeof chargeRequestSchema>): Answer {
  const { store, bank, lateMs } = options;
  if (store.paymentByPaymentId(input.payment_id)) return idTaken();
  const kept = store.keptCard(input.method);
  if (!kept) return refused(404, 'method_not_found', 'There is no such saved card.');
  const { payment, losesAnswer } = bank.charge(newPayment(options, input), kept, lateMs);
  const body = documentOf(payment, options.publicUrl());
  return { status: 201, body: losesAnswer ? { ...body, loses_answer: true } : body };
}

function idTaken(): Answer {
  return refused(409, 'payment_id_taken', 'There is a payment of that payment_id already.');
}

type NewPayment = Omit<z.output<typeof chargeRequestSchema>, 'method'>;

/** Without a page, until somebody is to be sent to it. */
function newPayment({ nowMs, payWithinMs }: ApiOptions, input: NewPayment): SandboxPayment {
  return {
    id: `pay_${randomBytes(12).toString('hex')}`,
    pageToken: randomBytes(24).toString('base64url'),
    paymentId: input.payment_id,
    amountMinor: input.amount_minor,
    currency: input.currency,
    description: input.description,
    merchantName: input.merchant_name,
    returnUrl: new URL(input.notify_url).origin,
    notifyUrl: input.notify_url,
    locale: input.locale,
    state: 'open',
    failure: null,
    declines: 0,
    card: null,
    savesMethod: false,
    keptToken: null,
    hasPage: false,
    refundedMinor: 0n,
    expiresAtMs: nowMs() + payWithinMs,
  };
}

function createRefund(
  { store, bank }: ApiOptions,
  input: z.output<typeof refundRequestSchema>,
): Answer {
  const payment = store.payment(input.payment);
  if (!payment) return refused(404, 'payment_not_found', 'There is no such payment.');
  if (store.hasRefund(input.refund_id)) {
    return refused(409, 'refund_id_taken', 'There is a refund of that refund_id already.');
  }
  const after = refunded(payment, input.amount_minor, input.currency);
  if (typeof after === 'string') return refused(409, after.replaceAll('-', '_'), after);
  const id = `ref_${randomBytes(12).toString('hex')}`;
  const { refund_id: refundId, amount_minor: amountMinor } = input;
  bank.recordRefund(after, { id, refundId, payment: payment.id, amountMinor });
  const body = { id, refund_id: refundId, payment: payment.id, amount_minor: String(amountMinor) };
  const isLost = payment.card?.outcome === 'loses-answer';
  return { status: 201, body: isLost ? { ...body, loses_answer: true } : body };
}

/** The work and the memory of its answer are one transaction, so a repeat can only be told again. */
function once<T>(
  store: VendorStore,
  context: Context<Env>,
  request: z.ZodSafeParseResult<T>,
  work: (input: T) => Answer,
): Answer {
  const key = context.req.header('idempotency-key') ?? '';
  if (!KEY_PATTERN.test(key)) {
    return refused(400, 'idempotency_key_missing', 'Send an Idempotency-Key.');
  }
  if (!request.success) {
    const issue = request.error.issues[0];
    const field = issue?.path.join('.') ?? '';
    return refused(422, 'invalid_request', `${field}: ${issue?.message}`, field);
  }
  const asked = `${context.req.path} ${fingerprint(request.data)}`;
  return store.transaction(() => {
    const known = store.recallAnswer(key);
    if (known && known.request !== asked) {
      return refused(409, 'idempotency_key_reused', 'The key was used for another request.');
    }
    if (known) return { status: 201, body: JSON.parse(known.body) as Record<string, unknown> };
    const answer = work(request.data);
    if (answer.status !== 201) return answer;
    const { loses_answer: _once, ...body } = answer.body;
    store.rememberAnswer(key, asked, answer.status, JSON.stringify(body));
    return answer;
  });
}

function shown({ publicUrl }: ApiOptions, payment: SandboxPayment | null): Answer {
  if (!payment) return refused(404, 'payment_not_found', 'There is no such payment.');
  return { status: 200, body: documentOf(payment, publicUrl()) };
}

function documentOf(payment: SandboxPayment, publicUrl: string): Record<string, unknown> {
  const { failure, card } = payment;
  return {
    id: payment.id,
    payment_id: payment.paymentId,
    status: payment.state === 'three-d-secure' ? 'open' : payment.state,
    amount_minor: String(payment.amountMinor),
    refunded_minor: String(payment.refundedMinor),
    currency: payment.currency,
    redirect_url: payment.hasPage ? `${publicUrl}/pay/${payment.pageToken}` : null,
    failure: failure && { code: failure, message: FAILURE_WORDS[failure] },
    card: card && { brand: card.brand, last4: card.last4 },
    saved_method: keptMethod(payment),
  };
}

function refused(
  status: 400 | 404 | 409 | 422,
  code: string,
  message: string,
  field?: string,
): Answer {
  return { status, body: problem(code, message, field) };
}

function problem(code: string, message: string, field?: string): Record<string, unknown> {
  return { error: { code, message, ...(field ? { field } : {}) } };
}

/** Closes the connection without a word, as a machine that dies does. */
function hangUp(context: Context<Env>): Response {
  context.env.outgoing.destroy();
  return RESPONSE_ALREADY_SENT;
}

async function jsonOf(context: Context<Env>): Promise<unknown> {
  return context.req.json().catch(() => null);
}

function fingerprint(value: unknown): string {
  const text = JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'bigint' ? String(part) : part,
  );
  return createHash('sha256').update(text).digest('hex');
}

function sameText(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
