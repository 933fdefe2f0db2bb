import type { z } from 'zod';
import { pageOf } from '#kit/page.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { textsFor } from '#platform/texts.ts';
import { clientTitle, titlesOf } from '#domains/clients/index.ts';
import { nodesOfStaff } from '#domains/hosting/index.ts';
import { csvFile } from '#domains/reports/index.ts';
import type { staffContract } from './contract/staff-contract.ts';
import { countRules, openAlarms } from './alarm-store.ts';
import type { Finding } from './finding.ts';
import { selectFindings } from './finding-store.ts';
import type { FindingFilter } from './finding-store.ts';
import type { GuardedAccount } from './guarded-account.ts';
import { selectByRisk, setOwnMode } from './guarded-account-store.ts';
import { wakeNodes } from './guarded-node-store.ts';
import { replacePaths, selectPaths } from './policy-store.ts';
import { scansOf } from './scan-store.ts';
import { accountView, findingDetail, findingView, scanView } from './view-protection.ts';
import { staffAccount, staffFinding, staffSellerIds } from './whose-protection.ts';

type InputOf<P extends { '~orpc': { inputSchema?: z.ZodType } }> = z.output<
  NonNullable<P['~orpc']['inputSchema']>
>;
type Staff = typeof staffContract;

export async function listAccounts(
  ctx: Ctx,
  { limit, ...filter }: InputOf<Staff['accounts']['list']>,
) {
  const sellerIds = await staffSellerIds(ctx);
  const rows = await selectByRisk(ctx, { ...filter, sellerIds, limit });
  const page = pageOf(rows, limit, ({ risk, accountId }) => `${risk}:${accountId}`);
  return { items: await staffAccountViews(ctx, page.items), next: page.next };
}

export async function accountDetail(ctx: Ctx, accountId: string) {
  const account = await staffAccount(ctx, accountId);
  const [view] = await staffAccountViews(ctx, [account]);
  if (!view) throw new Error(`account ${accountId} has no view`);
  const [scan] = await scansOf(ctx, accountId, 1);
  return { ...view, paths: await selectPaths(ctx, accountId), scan: scan ? scanView(scan) : null };
}

async function staffAccountViews(ctx: Ctx, accounts: readonly GuardedAccount[]) {
  const clients = await titlesOf(
    ctx,
    accounts.map(({ clientId }) => clientId),
  );
  const clientNames = new Map(clients.map((client) => [client.id, clientTitle(client)]));
  // A reseller's staff see their clients' sites, and not the machines of those above.
  const nodes = new Map((await nodesOfStaff(ctx)).map(({ node }) => [node.id, node.name]));
  return accounts.map((account) => ({
    ...accountView(account),
    clientId: account.clientId,
    clientName: clientNames.get(account.clientId) ?? account.clientId,
    node: nodeOf(nodes, account.nodeId),
    ownMode: account.ownMode,
    risk: account.risk,
  }));
}

function nodeOf(names: ReadonlyMap<string, string>, id: string) {
  const name = names.get(id);
  return name === undefined ? null : { id, name };
}

/** Staff's word for one account and for folders of it; its node hears of it at once. */
export async function setAccountPolicy(
  ctx: Ctx,
  { accountId, ownMode, paths }: InputOf<Staff['accounts']['setPolicy']>,
): Promise<void> {
  const account = await staffAccount(ctx, accountId);
  await setOwnMode(ctx, account, ownMode);
  await replacePaths(ctx, accountId, paths);
  await wakeNodes(ctx, [account.nodeId]);
}

type FindingQuery = Omit<InputOf<Staff['findings']['list']>, 'limit' | 'cursor'>;

async function filterOf(ctx: Ctx, { state, ...query }: FindingQuery) {
  const sellerIds = await staffSellerIds(ctx);
  const states: FindingFilter['states'] =
    state === 'open' ? ['found', 'needs-decision'] : state && [state];
  return { ...query, sellerIds, ...(states && { states }) };
}

export async function listFindings(
  ctx: Ctx,
  { limit, cursor, ...query }: InputOf<Staff['findings']['list']>,
) {
  const filter = await filterOf(ctx, query);
  const rows = await selectFindings(ctx, { ...filter, limit, ...(cursor && { cursor }) });
  const page = pageOf(rows, limit, ({ id }) => id);
  return { items: page.items.map(staffFindingView), next: page.next };
}

function staffFindingView(finding: Finding) {
  return {
    ...findingView(finding),
    clientId: finding.clientId,
    rules: [...finding.rules],
    confidence: finding.confidence,
  };
}

/** One finding as staff see it, with whose it is. */
export async function staffFindingDetail(ctx: Ctx, id: string) {
  const finding = await staffFinding(ctx, id);
  const nodes = new Map((await nodesOfStaff(ctx)).map(({ node }) => [node.id, node.name]));
  const { nodeId, clientId } = finding;
  const [client] = clientId === null ? [] : await titlesOf(ctx, [clientId]);
  return {
    ...(await findingDetail(ctx, finding)),
    node: nodeOf(nodes, nodeId),
    client: client ? { id: client.id, name: clientTitle(client) } : null,
  };
}

/** A file stays what a spreadsheet opens at once; more is asked for in parts. */
const ROWS_MAX = 20_000;

export async function findingsCsv(
  ctx: Ctx,
  { language, ...query }: InputOf<Staff['findings']['csv']>,
): Promise<File> {
  const text = textsFor('protection', language);
  const rows = await selectFindings(ctx, { ...(await filterOf(ctx, query)), limit: ROWS_MAX });
  if (rows.length > ROWS_MAX) refuse('report-too-large');
  const head = [
    ...['foundAt', 'domain', 'path', 'class', 'state', 'act', 'mendedAt'],
    ...['rules', 'confidence', 'sha256', 'sizeBytes', 'account'],
  ];
  const body = rows.map((one) => [
    one.foundAt.toString(),
    one.domainName,
    one.path,
    text(`classes.${one.class}`),
    text(`states.${one.state}`),
    one.act && text(`acts.${one.act}`),
    one.mendedAt?.toString() ?? null,
    one.rules.join(' '),
    String(one.confidence),
    one.sha256,
    String(one.sizeBytes),
    one.accountId ?? one.accountRef,
  ]);
  return csvFile('findings', [head.map((key) => text(`csv.${key}`)), ...body], language);
}

const ALARMS_MAX = 100;

export async function ruleReport(ctx: Ctx, { days }: InputOf<Staff['rules']['list']>) {
  const sellerIds = await staffSellerIds(ctx);
  const since = ctx.now.subtract({ hours: days * 24 });
  const rules = await countRules(ctx, sellerIds, since);
  const alarms = await openAlarms(ctx, sellerIds, ALARMS_MAX);
  return {
    rules: rules.map((rule) => ({ ...rule, lastAt: rule.lastAt.toString() })),
    alarms: alarms.map(({ nodeId, seq, kind, rule, accountId, findingId, words, at }) => ({
      nodeId,
      seq,
      kind,
      rule,
      accountId,
      findingId,
      words,
      at: at.toString(),
    })),
  };
}
