import type { FilePart } from '../flow/file-parts.ts';
import { mayAlertOfPart } from '../model/may-act.ts';
import type { Rule } from '../rules/rule.ts';
import type { RuleHit } from '../rules/match-rules.ts';
import type { Evidence, Verdict } from './verdict.ts';

const LARGE = 3000;
/** Above it by so much the model takes the whole file for malware, not for somebody's. */
const SURE = 3.5;

/** What rules and model say of one part; null when there is nothing to look at. */
export type LookAtPart = (part: FilePart) => { hits: readonly RuleHit[]; score: number } | null;

/** Where it is not, parts say where the malware is, and what of the file is somebody's. */
export function isMalwareAllOver({ score }: Verdict, actFrom: number): boolean {
  return (score ?? 0) >= actFrom + SURE;
}

/**
 * Looks at the flows and islands of a file one by one, each as if it stood alone, and gives the
 * worst verdict: what is malicious does not become better by what was put around it. A part is acted
 * on for what it does (rules), never for its looks alone.
 */
export function judgeParts(
  whole: Verdict,
  length: number,
  parts: readonly FilePart[],
  look: LookAtPart,
  actFrom: number,
): Verdict {
  const evidence: Evidence[] = [];
  let worst: Rule | null = null;
  let alerts = false;
  for (const part of parts) {
    const seen = look(part);
    if (!seen) continue;
    alerts ||= mayAlertOfPart(seen.score, actFrom);
    for (const { rule } of seen.hits) {
      if (!worst || worst.action === 'none') worst = rule;
      const isNew = !evidence.some((one) => one.rule === rule.id && one.at === part.at);
      if (isNew) evidence.push({ rule: rule.id, family: rule.family, at: part.at });
    }
  }
  if (!worst && !alerts) return whole;
  const family = worst?.family ?? whole.family ?? 'model';
  const shared = { ...whole, family, evidence: [...evidence, ...whole.evidence] };
  if (!worst || worst.action === 'none') {
    return whole.actionable ? shared : { ...shared, class: 'suspicious', confidence: 60 };
  }
  const injected = !isMalwareAllOver(whole, actFrom) && length > LARGE;
  const kind = injected || whole.class === 'compromised' ? 'compromised' : 'malicious';
  return { ...shared, class: kind, confidence: worst.confidence, actionable: true };
}
