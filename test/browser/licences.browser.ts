import { expect, test } from '@playwright/test';
import { type AppInstance, startApp } from './app-instance.ts';
import { signIn } from './sign-in.ts';

let app: AppInstance;

test.beforeAll(async () => {
  app = await startApp();
});
test.afterAll(() => app.stop());

test('a licence shows its key and what the renewal will charge, and is deleted for good', async ({
  page,
}) => {
  await signIn(page, app, 'anna@example.test');
  await page.goto(`${app.origin}/account/packages`);
  await page.getByRole('link', { name: 'studio-smirnova.ru' }).first().click();
  const renewal = page.getByRole('region', { name: 'Следующее продление' });
  await expect(renewal).toContainText('4 800,00');

  await page.getByRole('link', { name: 'Управлять: Лицензия WHMCS' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Лицензия WHMCS');
  await expect(page.getByRole('region', { name: 'Ключ' })).toContainText('Leased-');
  // 800.00 a month for the six months of Linux Grow's term.
  await expect(renewal).toContainText('4 800,00');
  await expect(renewal).toContainText('14 мая 2023');

  await page.getByRole('button', { name: 'Удалить лицензию' }).click();
  const dialog = page.getByRole('dialog', { name: 'Удаление: Лицензия WHMCS' });
  await expect(dialog).toContainText('Деньги за неё не возвращаются');
  const confirm = dialog.getByRole('button', { name: 'Удалить навсегда' });
  await expect(confirm).toBeDisabled();
  await dialog.getByRole('textbox').fill('another-domain.ru');
  await expect(confirm).toBeDisabled();
  await dialog.getByRole('textbox').fill('studio-smirnova.ru');
  await confirm.click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Ключ больше не действует')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Удалить лицензию' })).toBeHidden();

  await page.getByRole('link', { name: 'К пакету studio-smirnova.ru' }).click();
  await expect(renewal).toContainText('Реселлерский хостинг');
  await expect(renewal).not.toContainText('4 800,00');
});

test('staff find the licence dead at the supplier and no stray key left behind', async ({
  page,
}) => {
  await signIn(page, app, 'owner@stoika.test');
  await page.goto(`${app.origin}/admin/licences?state=deleted`);
  await page.getByRole('row', { name: /studio-smirnova\.ru/ }).click();
  await expect(page.getByText('Погашена у поставщика')).toBeVisible();
  await expect(page.getByText('Всё сделано, обращаться незачем.')).toBeVisible();
  await page.goto(`${app.origin}/admin/stray-licences`);
  await page.getByRole('button', { name: 'Сверить сейчас' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Сверено' })).toBeVisible();
  await expect(page.getByText('Ничейных ключей нет')).toBeVisible();
});

test("a supplier's account is a form of its own settings, without the key", async ({ page }) => {
  await signIn(page, app, 'owner@stoika.test');
  await page.goto(`${app.origin}/admin/suppliers`);
  await page.getByRole('button', { name: 'Настроить' }).click();
  const form = page.getByRole('dialog');
  await expect(form.getByLabel('Почта партнёрского счёта')).toHaveValue('partner@stoika.test');
  await expect(form.getByLabel('Ключ API')).toHaveValue('');
  await form.getByLabel('Почта партнёрского счёта').fill('no address');
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect(form.getByLabel('Почта партнёрского счёта')).toHaveAccessibleDescription(
    /не подходит/,
  );
  await form.getByLabel('Почта партнёрского счёта').fill('partner@stoika.test');
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect(form).toBeHidden();
});
