import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { rowsOf } from '#platform/database/rows.ts';

/** How long what was dealt with is still said of a site. */
const SAID_DAYS = 30;

/**
 * Sums the findings of accounts up again: what is open by class, what was mended lately, and the
 * risk they are listed by. Malware that lies there weighs most; what was mended still says that
 * somebody got in. The days are those of business time.
 */
export async function refreshFigures(
  ctx: Ctx,
  accounts: readonly { branch: number; accountId: string }[],
): Promise<void> {
  const rows = accounts.map(({ branch, accountId }) => ({ branch, account: accountId }));
  await sql`
    update guarded_account a set
      open_findings = f.open, malicious = f.malicious, compromised = f.compromised,
      mended = f.mended, last_finding_at = f.last_at,
      risk = least(f.malicious * 100 + f.compromised * 60 + f.suspicious * 20 + f.unwanted * 5
        + f.mended * 3, 999999999)
    from (
      select r.branch, r.account,
        count(*) filter (where is_open)::int as open,
        count(*) filter (where is_open and class = 'malicious')::int as malicious,
        count(*) filter (where is_open and class = 'compromised')::int as compromised,
        count(*) filter (where is_open and class = 'suspicious')::int as suspicious,
        count(*) filter (where is_open and class = 'unwanted')::int as unwanted,
        count(*) filter (where state = 'mended'
          and mended_at > ${ctx.now}::timestamptz - make_interval(days => ${SAID_DAYS}))::int as mended,
        max(found_at) as last_at
      from ${rowsOf({ branch: 'int4', account: 'text' }, rows)}
      left join lateral (
        select class, state, mended_at, found_at,
          state in ('found', 'needs-decision') as is_open
        from finding where branch_id = r.branch and account_id = r.account
      ) one on true
      group by r.branch, r.account
    ) f
    where a.branch_id = f.branch and a.account_id = f.account`.execute(ctx.tx);
}

/** The newest scan of accounts that did not fail: a failed one says nothing of a site. */
export async function refreshScans(
  ctx: Ctx,
  accounts: readonly { branch: number; accountId: string }[],
): Promise<void> {
  const rows = accounts.map(({ branch, accountId }) => ({ branch, account: accountId }));
  await sql`
    update guarded_account a set scanned_files = s.scanned_files,
      scan_started_at = s.started_at, scan_ended_at = s.ended_at
    from ${rowsOf({ branch: 'int4', account: 'text' }, rows)}
    cross join lateral (
      select scanned_files, started_at, ended_at from guard_scan
      where branch_id = r.branch and account_id = r.account and started_at is not null
        and state <> 'failed'
      order by started_at desc, id desc limit 1
    ) s
    where a.branch_id = r.branch and a.account_id = r.account`.execute(ctx.tx);
}
