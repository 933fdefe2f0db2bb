import { takeInHand, type MailFact, type MessagesInHand } from './mail-fact.ts';

/** rsyslog's time in both of Debian's forms, the host, the part of Postfix, the message, the rest. */
const LINE =
  /^(\d{4}-\d\d-\d\dT\S{8,24}|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d) \S{1,255} postfix[\w-]{0,40}\/([\w/-]{1,40})\[\d{1,10}\]: ([0-9A-Za-z]{5,20}): (.*)$/s;
const UID = /^uid=(\d{1,10}) from=<(\S{0,320})>/;
const SIGNED_IN = /, sasl_username=([^\s,]{1,320})/;
const QUEUED = /^from=<(\S{0,320})>, size=\d{1,19}, nrcpt=(\d{1,9}) /;
const SCRIPT_HEADER = /^info: header X-PHP-Originating-Script: (\d{1,10}):(\S{1,255})/i;
const DAY_MS = 86_400_000;

/**
 * Postfix in Debian's `mail.log`. Only what was sent from here counts: handed in by a local process
 * (pickup) or by somebody who signed in. The script stands there where a header check says
 * `/^X-PHP-Originating-Script:/ INFO`.
 */
export function readPostfixLine(line: string, inHand: MessagesInHand, nowMs: number): MailFact[] {
  const read = LINE.exec(line);
  if (!read) return [];
  const [, time = '', part = '', id = '', rest = ''] = read;
  if (rest === 'removed') {
    inHand.delete(id);
    return [];
  }
  const [, uid, from = ''] = part === 'pickup' ? (UID.exec(rest) ?? []) : [];
  if (uid !== undefined) takeInHand(inHand, id, { uid: Number(uid), address: from });
  const [, login] = part.endsWith('smtpd') ? (SIGNED_IN.exec(rest) ?? []) : [];
  if (login !== undefined) takeInHand(inHand, id, { address: login });
  const by = inHand.get(id);
  if (!by) return [];
  const [, owner, script] = part === 'cleanup' ? (SCRIPT_HEADER.exec(rest) ?? []) : [];
  // A server's own user runs everybody's scripts; the script's owner is who sends.
  if (script !== undefined) takeInHand(inHand, id, { ...by, uid: Number(owner), script });
  const atMs = timeOf(time, nowMs);
  const [, sender, recipients] = part === 'qmgr' ? (QUEUED.exec(rest) ?? []) : [];
  if (recipients !== undefined && !by.counted && sender !== '') {
    takeInHand(inHand, id, { ...by, counted: true });
    const figures = { messages: 1, recipients: Number(recipients), bounces: 0 };
    return [{ source: 'mta', atMs, by, ...figures }];
  }
  if (!rest.startsWith('to=<') || !/, status=(?:bounced|expired) /.test(rest)) return [];
  return [{ source: 'mta', atMs, by, messages: 0, recipients: 0, bounces: 1 }];
}

/** The short form has no year: the one that makes it lie in the past. */
function timeOf(text: string, nowMs: number): number | null {
  const year = new Date(nowMs).getFullYear();
  const parsed = Date.parse(text.includes('T') ? text : `${text} ${year}`);
  if (Number.isNaN(parsed)) return null;
  if (text.includes('T') || parsed <= nowMs + DAY_MS) return parsed;
  return Date.parse(`${text} ${year - 1}`);
}
