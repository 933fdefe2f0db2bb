/**
 * Stops acting without people when it would happen too often: a wrong rule must not take a server's
 * sites down (the classic disaster of such programs). One account full of malware is no reason; the
 * same rule in many accounts within minutes is. Once open it stays open until somebody closes it.
 */
export interface Breaker {
  acts: { atMs: number; rule: string; accountRef: string }[];
  open: Set<string>;
}

export interface BreakerLimits {
  windowMs: number;
  /** Different accounts that one rule may act in within the window. */
  accountsPerRule: number;
  /** Acts of all rules within the window. */
  actsPerServer: number;
}

export const DEFAULT_BREAKER: BreakerLimits = {
  windowMs: 600_000,
  accountsPerRule: 10,
  actsPerServer: 2000,
};

/** Stands for all rules together. */
export const WHOLE_SERVER = '*';

export function makeBreaker(): Breaker {
  return { acts: [], open: new Set() };
}

/** What is open of these rules, newly or still; empty: go on. */
export function askBreaker(
  breaker: Breaker,
  limits: BreakerLimits,
  rules: readonly string[],
  accountRef: string,
  nowMs: number,
): { openRules: string[]; newly: string[] } {
  const from = nowMs - limits.windowMs;
  breaker.acts = breaker.acts.filter(({ atMs }) => atMs > from);
  const newly: string[] = [];
  const trip = (rule: string) => {
    if (!breaker.open.has(rule)) newly.push(rule);
    breaker.open.add(rule);
  };
  if (breaker.acts.length >= limits.actsPerServer) trip(WHOLE_SERVER);
  for (const rule of rules) {
    const acts = breaker.acts.filter((act) => act.rule === rule);
    const accounts = new Set(acts.map((act) => act.accountRef));
    if (!accounts.has(accountRef) && accounts.size >= limits.accountsPerRule) trip(rule);
  }
  const openRules = [WHOLE_SERVER, ...rules].filter((rule) => breaker.open.has(rule));
  if (openRules.length === 0) {
    for (const rule of rules) breaker.acts.push({ atMs: nowMs, rule, accountRef });
  }
  return { openRules, newly };
}
