import type { Condition } from './rule.ts';

/** The model leans to malware at least so far: log-odds. */
export const looksBad = (atLeast: number): Condition => ({ feature: 'score', atLeast });
/** Hardly anything but what the rule names: as log2(1 + n). */
export const FEW_TOKENS: Condition = { feature: 'tokens', atMost: Math.log2(1 + 150) };
export const MALICIOUS = { class: 'malicious', confidence: 95, action: 'quarantine' } as const;
export const SUSPICIOUS = { class: 'suspicious', confidence: 60, action: 'none' } as const;
