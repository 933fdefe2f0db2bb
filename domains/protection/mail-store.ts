import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { rowsOf } from '#platform/database/rows.ts';
import type { CauseFinding, MailSender, SendingScript } from './reputation/rank-suspects.ts';
import type { Listing } from './reputation/listing.ts';

export type MailHour = {
  branch: number;
  nodeId: string;
  /** Empty: sent by none of the node's accounts. */
  accountRef: string;
  hour: string;
  hourAt: string;
  accountId: string | null;
  messages: number;
  recipients: number;
  bounces: number;
  scripts: readonly { script: string; messages: number; recipients: number }[];
};

const TYPES = {
  branch_id: 'int4',
  node_id: 'text',
  account_ref: 'text',
  hour: 'timestamptz',
  hour_at: 'timestamptz',
  account_id: 'text',
  messages: 'int4',
  recipients: 'int4',
  bounces: 'int4',
  scripts: 'jsonb',
};

/** An hour that is told again replaces what was known of it, and never makes it less. */
export async function saveMailHours(ctx: Ctx, hours: readonly MailHour[]): Promise<void> {
  const rows = hours.map(({ branch, nodeId, accountRef, hourAt, accountId, ...rest }) => ({
    branch_id: branch,
    node_id: nodeId,
    account_ref: accountRef,
    hour_at: hourAt,
    account_id: accountId,
    ...rest,
  }));
  await sql`
    insert into mail_hour (${sql.raw(Object.keys(TYPES).join(', '))})
    select * from ${rowsOf(TYPES, rows)}
    on conflict (branch_id, node_id, account_ref, hour) do update set
      messages = greatest(excluded.messages, mail_hour.messages),
      recipients = greatest(excluded.recipients, mail_hour.recipients),
      bounces = greatest(excluded.bounces, mail_hour.bounces),
      scripts = case when excluded.recipients < mail_hour.recipients
        then mail_hour.scripts else excluded.scripts end`.execute(ctx.tx);
}

const KEPT_DAYS = 60;

export async function forgetMailHours(ctx: Ctx, nodeId: string): Promise<void> {
  await sql`
    delete from mail_hour
    where node_id = ${nodeId} and hour_at < ${ctx.now.subtract({ hours: 24 * KEPT_DAYS })}`.execute(
    ctx.tx,
  );
}

const SENDERS_MAX = 50;
const FINDINGS_MAX = 500;

/** `packageId`: of a package's own address, whose accounts alone can have caused it. */
type Asked = { listing: Listing; packageId: string | null };

/** Who sent on the listing's node in the day before it, with what they sent in the month before. */
export async function sendersBefore(
  ctx: Ctx,
  { listing, packageId }: Asked,
): Promise<MailSender[]> {
  const { rows } = await sql<MailSender>`
    select m.account_ref as "accountRef", m.account_id as "accountId",
      coalesce(max(a.domain_name), nullif(m.account_ref, '')) as "domainName",
      sum(m.messages) filter (where d.isnear)::int as messages,
      sum(m.recipients) filter (where d.isnear)::int as recipients,
      sum(m.bounces) filter (where d.isnear)::int as bounces,
      max(m.recipients) filter (where d.isnear) as peak,
      (array_agg(m.hour_at order by m.recipients desc) filter (where d.isnear))[1] as "peakAt",
      coalesce(round(avg(m.recipients) filter (where not d.isnear)), 0)::int as usual
    from mail_hour m
    cross join lateral (
      select m.hour_at > ${listing.listedAt}::timestamptz - interval '1 day' as isnear
    ) d
    left join guarded_account a on a.branch_id = m.branch_id and a.account_id = m.account_id
    where m.node_id = ${listing.nodeId} and m.hour_at <= ${listing.listedAt}
      and m.hour_at > ${listing.listedAt}::timestamptz - interval '31 days'
      and (${packageId}::text is null or a.package_id = ${packageId})
    group by m.account_ref, m.account_id
    having sum(m.recipients) filter (where d.isnear) > 0
    order by peak desc, m.account_ref
    limit ${SENDERS_MAX}`.execute(ctx.tx);
  return rows;
}

/** Scripts that sent in the day before the listing, by account. */
export async function scriptsBefore(
  ctx: Ctx,
  { listing }: Asked,
  accountRefs: readonly string[],
): Promise<SendingScript[]> {
  const { rows } = await sql<SendingScript>`
    select m.account_ref as "accountRef", s.script, sum(s.recipients)::int as recipients
    from mail_hour m,
      jsonb_to_recordset(m.scripts) as s (script text, recipients integer)
    where m.node_id = ${listing.nodeId} and m.account_ref = any(${[...accountRefs]})
      and m.hour_at <= ${listing.listedAt}
      and m.hour_at > ${listing.listedAt}::timestamptz - interval '1 day'
    group by m.account_ref, s.script
    order by recipients desc, s.script`.execute(ctx.tx);
  return rows;
}

/** What was found in the fortnight before the listing and the week after it, the oldest first. */
export async function findingsAround(
  ctx: Ctx,
  { listing, packageId }: Asked,
): Promise<CauseFinding[]> {
  const { rows } = await sql<CauseFinding>`
    select f.id, f.account_ref as "accountRef", f.account_id as "accountId",
      f.domain_name as "domainName", f.path, f.class, f.found_at as "foundAt",
      case when f.state = 'mended' then f.mended_at end as "mendedAt",
      coalesce((f.origin ->> 'at')::timestamptz,
        f.found_at - make_interval(secs => f.detected_after_ms / 1000.0)) as "droppedAt"
    from finding f
    left join guarded_account a on a.branch_id = f.branch_id and a.account_id = f.account_id
    where f.node_id = ${listing.nodeId} and f.class in ('malicious', 'compromised')
      and f.found_at between ${listing.listedAt}::timestamptz - interval '14 days'
        and ${listing.listedAt}::timestamptz + interval '7 days'
      and (${packageId}::text is null or a.package_id = ${packageId})
    order by f.found_at, f.id
    limit ${FINDINGS_MAX}`.execute(ctx.tx);
  return rows;
}
