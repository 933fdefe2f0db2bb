import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Who speaks to the computer says what stands on the button (WCAG 2.5.3); axe has it as an extra. */
const SPOKEN = { 'label-content-name-mismatch': { enabled: true } };

const OFF = { enabled: false };

/** What axe holds against the page and calls serious or critical, a line a rule. `without`: rules left out. */
export async function axeFaults(page: Page, without: string[] = []): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .options({
      runOnly: { type: 'tag', values: TAGS },
      rules: { ...SPOKEN, ...Object.fromEntries(without.map((id) => [id, OFF])) },
      resultTypes: ['violations'], // the rest is not told, so it need not be worked out
    })
    // A mail is shown in a frame that runs no script, so axe would wait for it for ever.
    .exclude('iframe[sandbox]')
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
}

/** Pixels by which the page is wider than its window, and what sticks out the furthest. */
export async function overflow(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return 'fits';
    const wide = [...document.querySelectorAll('body *')]
      .filter((one) => one.getBoundingClientRect().right > clientWidth + 1)
      .map((one) => one.outerHTML.slice(0, 120));
    return `${scrollWidth - clientWidth} px too wide: ${wide.slice(0, 3).join(' | ')}`;
  });
}

/** Words a person should never meet: keys of texts, values that are not there. Code is set as code. */
export async function rawWords(page: Page): Promise<string[]> {
  const { text, code } = await page.evaluate(() => ({
    text: document.body.innerText,
    code: [...document.querySelectorAll('code')].map((one) => one.innerText),
  }));
  const found =
    text.match(
      /\b(undefined|NaN|null|Invalid Date)\b|\[object \w+\]|\b[a-z]+(\.[a-z]+[A-Z]\w*)+\b/g,
    ) ?? [];
  return found.filter((word) => !code.some((one) => one.includes(word)));
}
