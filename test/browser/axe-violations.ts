import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults, ImpactValue, RunOptions } from 'axe-core';

export type Violation = { id: string; impact: ImpactValue | undefined; html: string[] };

type InPage = { axe: { run(context: object, options: RunOptions): Promise<AxeResults> } };

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe holds against the page as it stands, rule by rule. It runs in the page itself: its own
 * driver also sees into frames of other origins, which we have none of, and opens a second page
 * for that each time, which takes four times as long.
 */
export async function axeViolations(
  page: Page,
  rules: RunOptions['rules'] = {},
): Promise<Violation[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SOURCE);
  const options: RunOptions = {
    runOnly: { type: 'tag', values: TAGS },
    rules,
    resultTypes: ['violations'], // the rest is not told, so it need not be worked out
  };
  return page.evaluate(async (asked) => {
    const { axe } = window as unknown as InPage;
    // A mail is shown in a frame that runs no script, so axe would wait for it for ever.
    const { violations } = await axe.run({ exclude: [['iframe[sandbox]']] }, asked);
    return violations.map(({ id, impact, nodes }) => ({
      id,
      impact,
      html: nodes.map((node) => node.html),
    }));
  }, options);
}
