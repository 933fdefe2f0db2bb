import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { layOutPdf } from '#domains/billing/index.ts';
import { clientTitle } from '#domains/clients/index.ts';
import { formatDate } from '#kit/format-date.ts';
import { formatMoney } from '#kit/format-money.ts';
import { localDate } from '#kit/term.ts';
import { textsFor } from '#platform/texts.ts';
import { kindName } from './account-words.ts';
import type { Statement } from './statement.ts';
import { numberOf } from './trial-balance.ts';

const TEMPLATE = readFileSync(join(import.meta.dirname, 'statement.typ'), 'utf8');

/** A statement of account as PDF, laid out like the documents it lists. */
export function statementPdf(statement: Statement, language: 'ru' | 'en'): File {
  const view = statementView(statement, language);
  const name = `statement-${statement.client.id}-${statement.from}-${language}.pdf`;
  return new File([layOutPdf(TEMPLATE, view, statement.at)], name, { type: 'application/pdf' });
}

/** Everything the template prints, as words. */
function statementView(statement: Statement, language: 'ru' | 'en') {
  const { client, seller } = statement;
  const text = textsFor('reports', language);
  const amount = (minor: bigint) => formatMoney(minor, client.currency, language);
  const date = (on: string) => formatDate(on, language);
  return {
    language,
    title: text('statement.title'),
    period: text('statement.period', {
      from: date(statement.from),
      through: date(statement.through),
    }),
    issuer: seller.legal.name[language],
    parties: [
      { role: text('statement.seller'), name: seller.legal.name[language] },
      { role: text('statement.client'), name: clientTitle(client) },
    ],
    head: ['date', 'kind', 'document', 'charged', 'received'].map((key) => text(`csv.${key}`)),
    opening: { name: text('statement.opening'), value: amount(statement.openingMinor) },
    rows: statement.moves.map((move) => [
      formatDate(localDate(move.at, seller.zone).toString(), language, 'short'),
      kindName(move.kind, text),
      numberOf(move) ?? '',
      move.minor > 0n ? amount(move.minor) : '',
      move.minor < 0n ? amount(-move.minor) : '',
    ]),
    totals: [
      { name: text('csv.charged'), value: amount(statement.chargedMinor) },
      { name: text('csv.received'), value: amount(statement.receivedMinor) },
    ],
    closing: { name: text('statement.closing'), value: amount(statement.closingMinor) },
    note: text('statement.note'),
    page: text('statement.page', { page: '{page}', pages: '{pages}' }),
  };
}
