import { showBytes } from '../guard/show-bytes.ts';
import type { NodeStore } from '../records/node-store.ts';
import type { AccountRecord } from '../records/records.ts';
import type { MailSender } from './mail-fact.ts';

export type WhoseMail = (by: MailSender) => { accountRef: string | null; script: string | null };

const MOST_SHOWN = 500;
/** Homes as Debian has them, and PHP of the embedded node sees them. */
const HOME = /^\/home\/([a-z][a-z0-9]{0,15})\/(.*)$/s;

/** Which of today's accounts a log speaks of, and its script as people may see it. */
export function whoseMail({ accounts, folders, index }: NodeStore): WhoseMail {
  const live = [...accounts.values()].filter(({ deletedAt }) => deletedAt === null);
  const byName = new Map(live.map((account) => [account.username, account]));
  const byUid = new Map(live.map((account) => [account.uid, account]));
  const byRef = new Map(live.map((account) => [account.ref, account]));

  return ({ user, uid, address, script }) => {
    const [, home = '', inHome] = HOME.exec(script ?? '') ?? [];
    const [ref = '', ...below] = script?.startsWith(`${folders.homes}/`)
      ? script.slice(folders.homes.length + 1).split('/')
      : [];
    const domain = address?.slice(address.lastIndexOf('@') + 1).toLowerCase() ?? '';
    const owner: AccountRecord | undefined =
      byName.get(home) ??
      byRef.get(ref) ??
      byUid.get(uid ?? -1) ??
      byName.get(user ?? '') ??
      index.accountByHost(domain);
    const shown = inHome ?? (ref === '' ? script : below.join('/'));
    return { accountRef: owner?.ref ?? null, script: shown === undefined ? null : inert(shown) };
  };
}

function inert(latin1: string): string {
  return showBytes(Buffer.from(latin1, 'latin1')).slice(0, MOST_SHOWN);
}
