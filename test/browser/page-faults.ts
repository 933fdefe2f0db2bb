import type { Page } from '@playwright/test';
import { axeViolations } from './axe-violations.ts';

/** Who speaks to the computer says what stands on the button (WCAG 2.5.3); axe has it as an extra. */
const SPOKEN = { 'label-content-name-mismatch': { enabled: true } };

const OFF = { enabled: false };

/** What axe holds against the page and calls serious or critical, a line a rule. `without`: rules left out. */
export async function axeFaults(page: Page, without: string[] = []): Promise<string[]> {
  const left = Object.fromEntries(without.map((id) => [id, OFF]));
  const violations = await axeViolations(page, { ...SPOKEN, ...left });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, html }) => `${id}: ${html.join(' | ')}`);
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
