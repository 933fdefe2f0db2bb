import { takeInHand, type MailFact, type MessagesInHand } from './mail-fact.ts';

/** Time (its zone only with `log_timezone`), the message's name (16 signs, 23 since 4.97), the rest. */
const LINE =
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?:\.\d{1,9})?( [+-]\d{4})? ([0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4}) (<=|=>|->|\*\*|Completed) ?(.*)$/s;
const LOCAL_USER = / U=([a-z_][\w.-]{0,31})(?: |$)/;
const SIGNED_IN = / A=[\w-]{1,40}:(\S{1,320})/;
/** What follows is the sender's own text: a subject may say ` U=somebody`. */
const OWN_WORDS = / (?:SNI=|S=\d|id=|T=)/;

/**
 * Exim's main log (Exim specification, chapter "Log files"). Only what was sent from here counts:
 * by a local process (`U=`) or by somebody who signed in (`A=`). What the world sends to mailboxes
 * here, and bounces themselves (`<= <>`), are nobody's doing.
 */
export function readEximLine(line: string, inHand: MessagesInHand): MailFact[] {
  const read = LINE.exec(line);
  if (!read) return [];
  const [, time = '', zone = '', id = '', sign = '', rest = ''] = read;
  if (sign === 'Completed') {
    inHand.delete(id);
    return [];
  }
  const parsed = Date.parse(`${time.replace(' ', 'T')}${zone.trim()}`);
  const atMs = Number.isNaN(parsed) ? null : parsed;
  if (sign === '<=') return arrived(rest, atMs, id, inHand);
  const by = inHand.get(id);
  if (!by) return [];
  const bounces = sign === '**' ? 1 : 0;
  const recipients = by.counted ? 0 : 1;
  if (bounces + recipients === 0) return [];
  return [{ source: 'mta', atMs, by, messages: 0, recipients, bounces }];
}

function arrived(
  rest: string,
  atMs: number | null,
  id: string,
  inHand: MessagesInHand,
): MailFact[] {
  const [fields = ''] = rest.split(OWN_WORDS, 1);
  const [from = ''] = fields.split(' ', 1);
  const user = LOCAL_USER.exec(fields)?.[1];
  const address = SIGNED_IN.exec(fields)?.[1];
  const isLocal = user !== undefined && / P=local(?:-\w+)?(?: |$)/.test(fields);
  if (from === '<>' || (address === undefined && !isLocal)) return [];
  const named = recipientsOf(rest);
  const by = address === undefined ? { user: user ?? '', address: from } : { address };
  takeInHand(inHand, id, { ...by, ...(named !== null && { counted: true }) });
  const recipients = named ?? 0;
  return [{ source: 'mta', atMs, by, messages: 1, recipients, bounces: 0 }];
}

/** The end of the line with `+received_recipients`; null without. A subject there ends with `"`. */
function recipientsOf(rest: string): number | null {
  const at = rest.lastIndexOf(' for ');
  const named = at < 0 ? [] : rest.slice(at + 5).split(' ');
  const isList = named.length > 0 && named.every((one) => /^[^"<>@]+@[^"<>@]+$/.test(one));
  return isList ? named.length : null;
}
