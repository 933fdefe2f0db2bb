/** What one account sent in the day before a listing, and what it usually sends. */
export type MailSender = {
  readonly accountRef: string;
  readonly accountId: string | null;
  readonly domainName: string | null;
  readonly messages: number;
  readonly recipients: number;
  readonly bounces: number;
  /** Recipients of its busiest hour, and when that was. */
  readonly peak: number;
  readonly peakAt: Temporal.Instant;
  /** Recipients of an hour in which it sends, in the month before; 0: it never sent. */
  readonly usual: number;
};

export type SendingScript = {
  readonly accountRef: string;
  readonly script: string;
  readonly recipients: number;
};

/** A finding near the listing in time. `droppedAt` is null where nobody saw the file come. */
export type CauseFinding = {
  readonly id: string;
  readonly accountRef: string;
  readonly accountId: string | null;
  readonly domainName: string;
  readonly path: string;
  readonly class: 'malicious' | 'compromised';
  readonly droppedAt: Temporal.Instant | null;
  readonly foundAt: Temporal.Instant;
  readonly mendedAt: Temporal.Instant | null;
};

/** Why an account is suspected, the weightiest first. */
export type SuspectReason =
  | { kind: 'script'; script: string; recipients: number; finding: CauseFinding }
  | { kind: 'burst'; recipients: number; usual: number; at: Temporal.Instant }
  | { kind: 'findings'; findings: number; first: CauseFinding }
  | { kind: 'bounces'; bounces: number; recipients: number };

export type Suspect = {
  accountId: string | null;
  /** Null: sent by none of the node's accounts. */
  domainName: string | null;
  messages: number;
  recipients: number;
  usual: number;
  /** 0 to 100; 0: it sent, as it always does. */
  weight: number;
  reasons: SuspectReason[];
  /** The script that sent most, where a log names it. */
  script: { script: string; recipients: number } | null;
  /** The file that is the likely beginning of it. */
  finding: CauseFinding | null;
};

const BURST_MIN = 20;
const BURST_FACTOR = 3;
const BOUNCES_MIN = 10;
const SUSPECTS_MAX = 5;

/**
 * Who is most likely why an address was listed. Much mail alone is no reason, if it is what they
 * always send; a script that sent and was found malicious is nearly proof.
 */
export function rankSuspects(
  senders: readonly MailSender[],
  scripts: readonly SendingScript[],
  findings: readonly CauseFinding[],
): Suspect[] {
  const silent = findings.filter(
    (one, at) =>
      senders.every(({ accountRef }) => accountRef !== one.accountRef) &&
      findings.findIndex(({ accountRef }) => accountRef === one.accountRef) === at,
  );
  const all = [
    ...senders.map((sender) => suspectOf(sender, scripts, findings)),
    ...silent.map(({ accountRef, accountId, domainName, foundAt }) => {
      const nothing = {
        messages: 0,
        recipients: 0,
        bounces: 0,
        peak: 0,
        peakAt: foundAt,
        usual: 0,
      };
      return suspectOf({ accountRef, accountId, domainName, ...nothing }, [], findings);
    }),
  ];
  return all
    .toSorted((a, b) => b.weight - a.weight || b.recipients - a.recipients)
    .slice(0, SUSPECTS_MAX);
}

function suspectOf(
  sender: MailSender,
  scripts: readonly SendingScript[],
  findings: readonly CauseFinding[],
): Suspect {
  const { accountRef, accountId, domainName, messages, recipients, usual } = sender;
  const own = findings.filter((finding) => finding.accountRef === accountRef);
  const sending = scripts.filter((one) => one.accountRef === accountRef);
  const reasons = reasonsOf(sender, sending, own);
  const [script] = sending.toSorted((a, b) => b.recipients - a.recipients);
  const guilty = reasons.find((reason) => reason.kind === 'script');
  return {
    ...{ accountId, domainName, messages, recipients, usual, reasons },
    weight: Math.min(
      100,
      reasons.reduce((sum, reason) => sum + weightOf(reason), 0),
    ),
    script: script ? { script: script.script, recipients: script.recipients } : null,
    finding: guilty?.finding ?? own[0] ?? null,
  };
}

function reasonsOf(
  { recipients, bounces, peak, peakAt, usual }: MailSender,
  scripts: readonly SendingScript[],
  findings: readonly CauseFinding[],
): SuspectReason[] {
  const reasons: SuspectReason[] = [];
  for (const { script, recipients: sent } of scripts) {
    const finding = findings.find(({ path }) => isSameFile(path, script));
    if (!finding || reasons.length > 0) continue;
    reasons.push({ kind: 'script', script, recipients: sent, finding });
  }
  if (peak >= BURST_MIN && peak > usual * BURST_FACTOR) {
    reasons.push({ kind: 'burst', recipients: peak, usual, at: peakAt });
  }
  const [first] = findings;
  if (first) reasons.push({ kind: 'findings', findings: findings.length, first });
  if (bounces >= BOUNCES_MIN && bounces * 10 >= recipients) {
    reasons.push({ kind: 'bounces', bounces, recipients });
  }
  return reasons;
}

/** A mail server's log has the name alone, without folders. */
function isSameFile(path: string, script: string): boolean {
  return path === script || (!script.includes('/') && path.endsWith(`/${script}`));
}

/** A burst weighs by its size: tens 15, hundreds 25, thousands 35. */
function weightOf(reason: SuspectReason): number {
  switch (reason.kind) {
    case 'script':
      return 45;
    case 'burst':
      return Math.min(40, Math.round(10 * Math.log10(1 + reason.recipients - reason.usual)));
    case 'findings':
      return Math.min(20, 10 + reason.findings);
    case 'bounces':
      return 10;
  }
}
