import type { Ctx } from '#platform/context.ts';
import { runChecks } from '#platform/verify.ts';
import type { Check, Finding } from '#platform/verify.ts';

const CHECKS: readonly Check[] = [
  {
    name: 'every mail is queued with a time, sent at a time, or failed with a reason',
    problems: `
      select format('%s is %s', id, state) as problem
      from message
      where case state
        when 'queued' then next_attempt_at is null or sent_at is not null
        when 'sent' then sent_at is null or next_attempt_at is not null
        else last_error is null or next_attempt_at is not null end`,
  },
  {
    name: 'every mail has a reader, a subject and words',
    problems: `
      select format('%s to %s', id, to_address) as problem
      from message
      where to_address !~ '^[^@\\s]+@[^@\\s]+$' or subject !~ '\\S' or subject ~ '[\\r\\n]'
        or letter::json ->> 'text' !~ '\\S' or json_array_length(letter::json -> 'blocks') = 0`,
  },
  {
    name: 'every mail is of a brand, in one of its languages',
    problems: `
      select format('%s of %s in %s', m.id, m.brand_id, m.language) as problem
      from message m
      left join brand b on b.id = m.brand_id
      where b.id is null or not (m.language = any (b.languages))`,
  },
];

/** Checks the mail that went out. For `npm run verify`. */
export function verifyMessages(ctx: Ctx): Promise<Finding[]> {
  return runChecks(ctx, CHECKS);
}
