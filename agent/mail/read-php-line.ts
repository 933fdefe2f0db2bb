import type { MailFact } from './mail-fact.ts';

/** What PHP itself writes where `mail.log` is set (main: php_mail, ext/standard/mail.c). */
const LINE =
  /^(?:\[(\d\d-[A-Z][a-z]{2}-\d{4} \d\d:\d\d:\d\d) ([\w/+-]{1,40})\] )?mail\(\) on \[([^\]\n]{1,4096})\]: To: (.*)$/s;
const HEADERS = ' -- Headers: ';
const COPIES = /(?:^| )b?cc: ?([^:]{0,65536})/gi;

/** PHP's own `mail.log`: which script asked to send to how many. */
export function readPhpLine(line: string): MailFact[] {
  const read = LINE.exec(line);
  if (!read) return [];
  const [, time, zone = '', place = '', rest = ''] = read;
  const headersAt = rest.indexOf(HEADERS);
  const to = headersAt < 0 ? rest : rest.slice(0, headersAt);
  const headers = headersAt < 0 ? '' : rest.slice(headersAt + HEADERS.length);
  let recipients = Math.max(1, addressesIn(to));
  for (const [, copies = ''] of headers.matchAll(COPIES)) recipients += addressesIn(copies);
  const script = scriptOf(place);
  const atMs = time === undefined ? null : timeOf(time, zone);
  return [{ source: 'php', atMs, by: { script }, messages: 1, recipients, bounces: 0 }];
}

function addressesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) count += 1;
  return count;
}

/** Without the line; of code from a string (`a.php(3) : eval()'d code:1`) the file that has it. */
function scriptOf(place: string): string {
  const file = place.replace(/:\d{1,10}$/, '');
  const evaluated = file.indexOf(') : ');
  return evaluated < 0 ? file : file.slice(0, evaluated).replace(/\(\d{1,10}$/, '');
}

/** `[01-Dec-2026 17:45:29 Europe/Moscow]`: local time there. */
function timeOf(text: string, zone: string): number | null {
  const utcMs = Date.parse(`${text.replaceAll('-', ' ')} UTC`);
  if (Number.isNaN(utcMs) || zone === 'UTC') return Number.isNaN(utcMs) ? null : utcMs;
  try {
    const local = Temporal.Instant.fromEpochMilliseconds(utcMs).toZonedDateTimeISO('UTC');
    return local.toPlainDateTime().toZonedDateTime(zone).epochMilliseconds;
  } catch {
    return null;
  }
}
