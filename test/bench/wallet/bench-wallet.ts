import { balanceOf, post, setCeiling, verifyLedger } from '#domains/ledger/index.ts';
import type { PostingEntry } from '#domains/ledger/index.ts';
import { money } from '#kit/money.ts';
import { Refusal } from '#kit/refusal.ts';
import { transact } from '#platform/runtime.ts';
import type { Runtime } from '#platform/runtime.ts';
import { SYSTEM } from '#test/harness/renewal-database.ts';
import { latenciesOf } from '../latencies.ts';
import type { Latencies } from '../latencies.ts';

const OPERATOR = 'operator';
const PRICE = 7_00n;
const LIMIT = 50_00n;

export type WalletAsk = {
  wallets: number;
  /** How many ask at any moment. */
  atOnce: number;
  purchases: number;
  /** The money is enough for so many of the purchases; the others must be refused. */
  paidFor: number;
};

export type WalletFigures = {
  perSecond: number;
  latencies: Latencies;
  bought: number;
  refused: number;
  /** Anything but a purchase or a plain refusal. */
  failed: string[];
};

/**
 * Purchases charged to wallets, each in a transaction of its own: the wallet, what the parent earns
 * and the reseller's own book, as a leg of a sale posts it. Throws when the books do not say in the
 * end that exactly the money that was there has been spent.
 */
export async function benchWallets(runtime: Runtime, ask: WalletAsk): Promise<WalletFigures> {
  const run = `${ask.wallets}-${ask.purchases}`;
  await fill(runtime, run, ask);
  const times: number[] = [];
  const figures = { bought: 0, refused: 0, failed: [] as string[] };
  let next = 0;
  const buyer = async (): Promise<void> => {
    for (let no = next++; no < ask.purchases; no = next++) {
      const startedAt = performance.now();
      try {
        await buy(runtime, run, no % ask.wallets, no);
        figures.bought += 1;
      } catch (error) {
        if (error instanceof Refusal && error.code === 'wallet-too-low') figures.refused += 1;
        else figures.failed.push(String(error));
      }
      times.push(performance.now() - startedAt);
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: ask.atOnce }, buyer));
  const seconds = (performance.now() - startedAt) / 1000;
  await expectSpent(runtime, run, ask, figures.bought);
  return { ...figures, perSecond: ask.purchases / seconds, latencies: latenciesOf(times) };
}

function walletOf(run: string, wallet: number) {
  const seller = `slr_${run}-${wallet}`;
  const account = { branch: wallet + 1, book: OPERATOR, code: `wallet:${seller}`, currency: 'RUB' };
  return { seller, account };
}

/** A wallet stands at minus its money and may go above zero by its credit limit. */
async function fill(runtime: Runtime, run: string, ask: WalletAsk): Promise<void> {
  const each = (PRICE * BigInt(ask.paidFor)) / BigInt(ask.wallets) - LIMIT;
  for (let wallet = 0; wallet < ask.wallets; wallet += 1) {
    const { account } = walletOf(run, wallet);
    await transact(runtime, SYSTEM, async (ctx) => {
      await setCeiling(ctx, account, money(LIMIT, 'RUB'));
      await post(ctx, {
        branch: account.branch,
        kind: 'top-up',
        cause: `fill-${run}-${wallet}`,
        entries: entriesOf(run, wallet, 'cash:bank', -each),
      });
    });
  }
}

async function buy(runtime: Runtime, run: string, wallet: number, no: number): Promise<void> {
  await transact(runtime, SYSTEM, (ctx) =>
    post(ctx, {
      branch: wallet + 1,
      kind: 'payment',
      cause: `buy-${run}-${no}`,
      entries: entriesOf(run, wallet, 'deferred-revenue', PRICE),
    }),
  );
}

function entriesOf(run: string, wallet: number, other: string, minor: bigint): PostingEntry[] {
  const { seller, account } = walletOf(run, wallet);
  const amount = money(minor, 'RUB');
  const back = money(-minor, 'RUB');
  return [
    { book: OPERATOR, code: account.code, amount },
    { book: OPERATOR, code: other, amount: back },
    { book: seller, code: 'cost-of-sales', amount },
    { book: seller, code: 'wallet-at-parent', amount: back },
  ];
}

async function expectSpent(
  runtime: Runtime,
  run: string,
  ask: WalletAsk,
  bought: number,
): Promise<void> {
  await transact(runtime, SYSTEM, async (ctx) => {
    let spent = 0n;
    for (let wallet = 0; wallet < ask.wallets; wallet += 1) {
      const { minor } = await balanceOf(ctx, walletOf(run, wallet).account);
      if (minor > LIMIT) throw new Error(`wallet ${wallet} is beyond its limit: ${minor}`);
      spent += minor - LIMIT + (PRICE * BigInt(ask.paidFor)) / BigInt(ask.wallets);
    }
    if (spent !== PRICE * BigInt(bought)) throw new Error(`${spent} spent for ${bought} purchases`);
    const found = await verifyLedger(ctx);
    const wrong = found.flatMap(({ problems }) => problems);
    if (wrong.length > 0) throw new Error(wrong.join('\n'));
  });
}
