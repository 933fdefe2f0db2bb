import { clientTitle, findClient } from '#domains/clients/index.ts';
import type { Client } from '#domains/clients/index.ts';
import { findSeller, isWithin } from '#domains/sellers/index.ts';
import type { Seller } from '#domains/sellers/index.ts';
import { money } from '#kit/money.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { moneyWire } from '#platform/http/wire.ts';
import { spanOf } from './book.ts';
import { selectMoves, selectOwedBefore } from './receivable-store.ts';
import type { StatementMove } from './receivable-store.ts';
import { numberOf } from './trial-balance.ts';

export type StatementQuery = { clientId: string; from: string; through: string };

export type Statement = StatementQuery & {
  client: Client;
  seller: Seller;
  at: Temporal.Instant;
  /** Above zero: the client owes; below: we hold the client's money. */
  openingMinor: bigint;
  moves: StatementMove[];
  chargedMinor: bigint;
  receivedMinor: bigint;
  closingMinor: bigint;
};

const MOVES_MAX = 2_000;

/**
 * Everything that changed what a client owes, within local days of the seller. Refuses
 * `client-not-found` for a client of no seller of these staff, and `report-too-large`.
 */
export async function statementOf(ctx: Ctx, query: StatementQuery): Promise<Statement> {
  const client = await findClient(ctx, query.clientId);
  const seller = client && (await findSeller(ctx, client.sellerId));
  if (!client || !seller || ctx.actor.kind !== 'staff' || !isWithin(seller, ctx.actor.sellerId)) {
    refuse('client-not-found', { field: 'clientId' });
  }
  const span = spanOf(seller, query);
  const openingMinor = await selectOwedBefore(ctx, client, span.startAt);
  const moves = await selectMoves(ctx, client, span, MOVES_MAX + 1);
  if (moves.length > MOVES_MAX) refuse('report-too-large', { field: 'from' });
  const sum = (some: readonly StatementMove[]) => some.reduce((all, { minor }) => all + minor, 0n);
  const chargedMinor = sum(moves.filter(({ minor }) => minor > 0n));
  const receivedMinor = -sum(moves.filter(({ minor }) => minor < 0n));
  return {
    ...query,
    client,
    seller,
    at: ctx.now,
    openingMinor,
    moves,
    chargedMinor,
    receivedMinor,
    closingMinor: openingMinor + chargedMinor - receivedMinor,
  };
}

export function statementWire(statement: Statement) {
  const amount = (minor: bigint) => moneyWire(money(minor, statement.client.currency));
  return {
    clientId: statement.client.id,
    clientName: clientTitle(statement.client),
    sellerId: statement.seller.id,
    from: statement.from,
    through: statement.through,
    opening: amount(statement.openingMinor),
    items: statement.moves.map((move) => ({
      id: move.txnId,
      at: move.at.toString(),
      kind: move.kind,
      documentId: move.documentId,
      documentNumber: numberOf(move),
      amount: amount(move.minor),
    })),
    charged: amount(statement.chargedMinor),
    received: amount(statement.receivedMinor),
    closing: amount(statement.closingMinor),
  };
}
