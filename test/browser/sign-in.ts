import type { Page } from '@playwright/test';
import { type AppInstance, DEMO_PASSWORD } from './app-instance.ts';

/** Signs in as people do, in Russian, and waits for the panel that opens. */
export async function signIn(page: Page, app: Pick<AppInstance, 'origin'>, email: string) {
  await page.goto(`${app.origin}/ru/sign-in`);
  await page.getByLabel('Почта').fill(email);
  await page.getByLabel('Пароль', { exact: true }).fill(DEMO_PASSWORD);
  await page.getByRole('button', { name: 'Войти' }).click();
  await page.waitForURL(/\/(account|admin)\b/);
  await page.getByRole('heading', { level: 1 }).waitFor();
}
