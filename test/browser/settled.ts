import { expect, type Page } from '@playwright/test';

/** Until the screen has drawn itself: its heading is there and nothing says it is still loading. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await expect(page.locator('[aria-busy=true], .ui-skeleton')).toHaveCount(0);
}
