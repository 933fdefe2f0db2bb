import { expect, test } from '@playwright/test';
import { type AppInstance, startApp } from './app-instance.ts';
import { axeFaults } from './page-faults.ts';
import { signIn } from './sign-in.ts';

/*
 * A change of the catalogue as the owner plans it: drafted, looked ahead at, published, taken back;
 * and the whole base run ahead. The demo stands on 15 February 2023 with four packages.
 */
test.setTimeout(180_000);

let app: AppInstance;
test.beforeAll(async () => {
  app = await startApp({ today: '2023-02-15' });
});
test.afterAll(() => app.stop());

test('a plan is retired, the change is foreseen, published and taken back', async ({ page }) => {
  await signIn(page, app, 'owner@stoika.test');
  await page.goto(`${app.origin}/admin/changes/new`);
  await page.getByLabel('Название').fill('Старт уходит');
  await page.getByLabel('Для новых с').fill('2023-03-01');
  await page.getByLabel('Для действующих с').fill('2023-05-01');
  await page
    .getByLabel('Реселлерский хостинг Linux: Старт, Что с ним будет')
    .selectOption({ label: 'Снят с продажи, дальше Реселлерский хостинг Linux: Рост' });
  await page.getByRole('button', { name: 'Сохранить черновик' }).click();
  const fates = page.getByRole('table', { name: 'Тарифы снимаются с продажи' });
  await expect(fates).toContainText('Рост');

  await page.getByRole('link', { name: 'Прогноз' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Прогноз');
  await expect(page.getByText('Прогноза ещё нет')).toBeVisible();
  await page.getByLabel('Как далеко').selectOption({ label: '24 месяца' });
  await page.getByRole('button', { name: 'Посчитать' }).click();
  await expect(page.getByRole('img', { name: 'Счета по месяцам, RUB' })).toBeVisible();
  const lines = page.getByRole('table', { name: 'Кто платит иначе' });
  await expect(lines.getByRole('row')).not.toHaveCount(0);
  await expect(lines).toContainText('Надо предупредить');
  expect(await axeFaults(page)).toEqual([]);

  await page.getByRole('searchbox').fill('нет такого домена');
  await expect(page.getByText('По этим условиям ничего не нашлось')).toBeVisible();
  await page.getByRole('button', { name: 'Сбросить' }).first().click();
  await lines.getByRole('button', { name: 'Продления' }).first().click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('row')).not.toHaveCount(1);
  await page.keyboard.press('Escape');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'CSV' }).click();
  expect((await download).suggestedFilename()).toMatch(/^forecast-.*\.csv$/);

  await page.getByRole('link', { name: 'Старт уходит' }).click();
  await page.getByRole('button', { name: 'Опубликовать' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Опубликовать' }).click();
  await expect(page.getByText('запланировано')).toBeVisible();
  await page.getByRole('button', { name: 'Отозвать' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Отозвать' }).click();
  await expect(page.getByText('отозвано')).toBeVisible();
});

test('the whole base runs ahead, and nothing of it is written', async ({ page }) => {
  await signIn(page, app, 'owner@stoika.test');
  await page.getByRole('link', { name: 'Взгляд вперёд' }).click();
  await page.getByLabel('Кто платит').selectOption({ label: 'Только с остатков на балансах' });
  await page.getByRole('button', { name: 'Прожить' }).click();
  await expect(page.getByRole('img', { name: 'Счета и деньги по месяцам, RUB' })).toBeVisible();
  await expect(page.getByRole('img', { name: 'Что закончится, по месяцам' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'По месяцам' })).toContainText('2023');
  expect(await axeFaults(page)).toEqual([]);
});
