import { expect, test } from '@playwright/test';
import { type AppInstance, startApp } from './app-instance.ts';
import { signIn } from './sign-in.ts';

let app: AppInstance;

test.beforeAll(async () => {
  app = await startApp({ today: '2023-03-20' });
});
test.afterAll(() => app.stop());
test.use({ timezoneId: 'Europe/Moscow' });

test('time is moved to the next event, and the notice that was due is written', async ({
  page,
}) => {
  await signIn(page, app, 'owner@stoika.test');
  const indicator = page.getByRole('link', { name: /^Время песочницы: 20 марта 2023/ });
  await indicator.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Часы');
  const ahead = page.getByRole('table', { name: 'Что впереди' });
  await expect(ahead).toContainText('Напоминания, счета на продление');

  await page.getByRole('button', { name: 'До ближайшего события' }).click();
  await expect(page.getByText('Время передвинуто')).toBeVisible({ timeout: 30_000 });
  await expect(indicator).toBeHidden();
});

test('time is moved to a date, with a stop for everything on the way', async ({ page }) => {
  await signIn(page, app, 'owner@stoika.test');
  await page.goto(`${app.origin}/admin/clock`);
  const move = page.getByRole('button', { name: 'Передвинуть' });
  await expect(move).toBeDisabled();
  await page.getByRole('textbox', { name: 'До утра этого дня' }).fill('26.04.2023');
  await move.click();
  await expect(page.getByText(/до 26 апреля 2023, 10:00\. По пути \d+ останов/)).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByRole('link', { name: /^Время песочницы: 26 апреля 2023/ })).toBeVisible();
});

test('the mail that time brought is read as its reader sees it, and as text', async ({ page }) => {
  await signIn(page, app, 'owner@stoika.test');
  await page.goto(`${app.origin}/admin/mail`);
  await page.getByRole('searchbox').fill('vera@example.test');
  await expect(page).toHaveURL(/search=vera/);
  await page
    .getByRole('row', { name: /lisa-shop\.ru/ })
    .first()
    .click();
  await expect(page).toHaveURL(/mail\/msg_/);
  const frame = page.getByTitle(/^Письмо: .*lisa-shop\.ru/);
  await expect(frame).toHaveAttribute('sandbox', /^(?!.*allow-scripts)/);
  await expect(frame.contentFrame().getByText('help@stoika.test')).toBeVisible();
  await page.getByRole('link', { name: 'Как текст' }).click();
  await expect(page).toHaveURL(/tab=text/);
  await expect(page.getByText(/-- \s*Стойка/)).toBeVisible();
});

test('the audit trail tells who moved the clock and what they sent', async ({ page }) => {
  await signIn(page, app, 'owner@stoika.test');
  await page.goto(`${app.origin}/admin/audit?search=operations.`);
  await page
    .getByRole('row', { name: /operations\.moveClock/ })
    .first()
    .click();
  const entry = page.getByRole('dialog', { name: 'operations.moveClock' });
  await expect(entry).toContainText('Ольга Владимировна, сотрудник');
  await expect(entry.getByRole('region', { name: 'Что прислал' })).toContainText('2023-04-26');
  await expect(page).toHaveURL(/entry=aud_/);
  await page.keyboard.press('Escape');
  await expect(entry).toBeHidden();
  await page.getByRole('searchbox').fill('такого нет');
  await expect(page.getByText('По этим условиям ничего не нашлось')).toBeVisible();
});

test('jobs are listed by state', async ({ page }) => {
  await signIn(page, app, 'owner@stoika.test');
  await page.goto(`${app.origin}/admin/jobs`);
  await page.getByRole('combobox', { name: 'Состояние' }).selectOption('completed');
  await expect(page).toHaveURL(/state=completed/);
  await expect(page.getByRole('row', { name: /сделано/ }).first()).toBeVisible();
});

test("a reseller's staff see no clock of the installation", async ({ page }) => {
  const theirs = { origin: `http://northbyte.localhost:${app.port}` };
  await signIn(page, theirs, 'owner@northbyte.test');
  await expect(page.getByRole('link', { name: /Время песочницы|Time of the sandbox/ })).toHaveCount(
    0,
  );
});
