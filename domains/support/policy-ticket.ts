import type { Ctx } from '#platform/context.ts';
import { textsFor } from '#platform/texts.ts';
import { findClient } from '#domains/clients/index.ts';
import { findGuardedAccount, findingResponseOf, opensTicket } from '#domains/protection/index.ts';
import type { FindingFact } from '#domains/protection/index.ts';
import { settingsOf } from './brand-settings.ts';
import { findingAbout } from './find-about.ts';
import { mailClient } from './mail-ticket.ts';
import { hasPeopleIn } from './message-store.ts';
import { saveNewTicket } from './open-ticket.ts';
import { closed } from './reply-to-ticket.ts';
import { DEFAULT_DEPARTMENT } from './support-settings.ts';
import { lockTicketOfSite, updateTicket } from './ticket-store.ts';
import { stepped } from './ticket.ts';
import { writeInTicket } from './write-in-ticket.ts';

/** More than that is said as a number: the site's page has the list. */
const FILES_MAX = 20;

/**
 * What was found on sites goes into their tickets, as the policy of their sellers wants it; and a
 * ticket that nothing is left of is closed.
 */
export async function followFindings(
  ctx: Ctx,
  facts: readonly FindingFact[],
  { isNew }: { isNew: boolean },
): Promise<void> {
  const bySite = Map.groupBy(facts, ({ accountId }) => accountId);
  for (const [accountId, ofSite] of bySite) {
    if (accountId === null) continue;
    const sellerId = ofSite[0]?.sellerId ?? '';
    const response = await findingResponseOf(ctx, sellerId);
    const told = ofSite.filter(({ state }) => opensTicket(response, { state, isNew }));
    if (told.length > 0) await tellOf(ctx, accountId, told);
    await closeWhenClean(ctx, accountId);
  }
}

async function tellOf(
  ctx: Ctx,
  accountId: string,
  findings: readonly FindingFact[],
): Promise<void> {
  const [first] = findings;
  const client = first?.clientId ? await findClient(ctx, first.clientId) : null;
  if (!first || client?.state !== 'active') return;
  const t = textsFor('support', client.language);
  const files = filesIn(findings, client.language);
  const open = await lockTicketOfSite(ctx, accountId);
  if (open) {
    await updateTicket(ctx, stepped(open, 'system', open.state, ctx.now));
    return writeInTicket(ctx, open, t('policy.more', { files }));
  }
  const { departments } = await settingsOf(ctx, client.brandId);
  const domain = first.domainName;
  const ticket = await saveNewTicket(ctx, client, {
    department: departments[0]?.key ?? DEFAULT_DEPARTMENT,
    subject: t('policy.subject', { domain }),
    priority: 'high',
    openedBy: 'policy',
    about: findingAbout(first.findingId, first.path, await findGuardedAccount(ctx, accountId)),
    siteAccountId: accountId,
  });
  const body = t('policy.opened', { domain, files });
  await writeInTicket(ctx, ticket, body);
  await mailClient(ctx, ticket, 'opened', body);
}

function filesIn(findings: readonly FindingFact[], language: 'ru' | 'en'): string {
  const t = textsFor('support', language);
  const states = textsFor('protection', language);
  const lines = findings
    .slice(0, FILES_MAX)
    .map(({ path, state }) => t('policy.file', { path, state: states(`states.${state}`) }));
  const rest = findings.length - lines.length;
  return [...lines, ...(rest > 0 ? [t('policy.rest', { count: rest })] : [])].join('\n');
}

/** Unless a person wrote in it: then a person says when it is done. */
async function closeWhenClean(ctx: Ctx, accountId: string): Promise<void> {
  const ticket = await lockTicketOfSite(ctx, accountId);
  if (!ticket) return;
  const site = await findGuardedAccount(ctx, accountId);
  if ((site?.openFindings ?? 0) > 0 || (await hasPeopleIn(ctx, ticket.id))) return;
  const client = await findClient(ctx, ticket.clientId);
  const t = textsFor('support', client?.language ?? 'ru');
  await writeInTicket(ctx, ticket, t('policy.clean', { domain: site?.domainName ?? '' }));
  await closed(ctx, ticket, 'system');
}
