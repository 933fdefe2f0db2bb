import { TERMS } from '#kit/term.ts';

/** One figure that changes: an item's price of a month for one action and one term. */
export type PriceStep = {
  item: { kind: 'plan' | 'component'; id: string };
  action: 'add' | 'renew';
  termMonths: number;
  before: { minor: number; currency: string } | null;
  after: { minor: number; currency: string } | null;
};

export type MergedStep = Omit<PriceStep, 'action' | 'termMonths'> & {
  actions: ('add' | 'renew')[];
  terms: number[];
};

/** The same step for many terms, or for purchase and renewal alike, is one line. */
export function mergeDifferences(steps: readonly PriceStep[]): MergedStep[] {
  const byTerm = new Map<string, MergedStep>();
  for (const { action, termMonths, ...step } of steps) {
    const key = [stepKey(step), action].join(' ');
    const known = byTerm.get(key);
    if (known) known.terms.push(termMonths);
    else byTerm.set(key, { ...step, actions: [action], terms: [termMonths] });
  }
  const byAction = new Map<string, MergedStep>();
  for (const step of byTerm.values()) {
    const key = [stepKey(step), ...step.terms].join(' ');
    const known = byAction.get(key);
    if (known) known.actions.push(...step.actions);
    else byAction.set(key, step);
  }
  return [...byAction.values()];
}

function stepKey({ item, before, after }: Pick<PriceStep, 'item' | 'before' | 'after'>): string {
  return [item.kind, item.id, before?.minor ?? 'none', after?.minor ?? 'none'].join(' ');
}

export function isEveryTerm(terms: readonly number[]): boolean {
  return TERMS.every((term) => terms.includes(term));
}
