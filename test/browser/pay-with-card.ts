import type { Page } from '@playwright/test';

/** Cards of the sandbox, by what they make its bank do. */
export const CARDS = {
  pays: '4242 4242 4242 4242',
  isDeclined: '4000 0000 0000 0002',
  asksForCode: '4000 0000 0000 3220',
};

/** Fills in the gateway's own page and presses its button. */
export async function payWithCard(page: Page, number: string): Promise<void> {
  await page.getByLabel('Номер карты').fill(number);
  await page.getByLabel('Срок').fill('12 / 49');
  await page.getByLabel('CVC').fill('123');
  await page.getByRole('button', { name: /^Оплатить/ }).click();
}
