import { expect, type Page, test } from '@playwright/test';
import { type AppInstance, startApp } from './app-instance.ts';
import { axeFaults, overflow, rawWords } from './page-faults.ts';
import { CARDS, payWithCard } from './pay-with-card.ts';
import { settled } from './settled.ts';
import { signIn } from './sign-in.ts';

/** Money, delivery and the page that looks again each take their time. */
const SLOW = { timeout: 40_000 };

let app: AppInstance;

test.beforeAll(async () => {
  app = await startApp({ today: '2023-02-15' });
});
test.afterAll(() => app.stop());

const plans = (page: Page) => page.getByRole('table', { name: 'Тариф' });

async function expectWellMade(page: Page): Promise<void> {
  expect(await axeFaults(page)).toEqual([]);
  expect(await rawWords(page)).toEqual([]);
  expect(await overflow(page)).toBe('fits');
}

test('Boris sees what a larger plan costs, pays what is missing by card, and is on it', async ({
  page,
}) => {
  await signIn(page, app, 'boris@example.test');
  await page.goto(`${app.origin}/account/packages`);
  await page.getByRole('link', { name: 'romashka-web.ru' }).click();
  await settled(page);
  await expect(plans(page).getByRole('row', { name: /Старт/ })).toContainText('Текущий тариф');
  await plans(page).getByRole('button', { name: 'Перейти на «Рост»' }).click();

  const dialog = page.getByRole('dialog', { name: 'Перейти на «Рост»' });
  await expect(dialog.getByText('К оплате')).toBeVisible();
  await expect(dialog.getByText(/осталось \d+ из 365 дней/)).toBeVisible();
  await expectWellMade(page);
  await dialog.getByRole('radio', { name: /Банковская карта/ }).check();
  await dialog.getByRole('button', { name: /^Пополнить и сменить за/ }).click();
  await payWithCard(page, CARDS.pays);

  await page.waitForURL(/\/account\/packages\//);
  await expect(plans(page).getByRole('row', { name: /Рост/ })).toContainText('Текущий тариф', SLOW);
  await expect(page.getByText('Лимиты нового тарифа установлены')).toBeVisible(SLOW);
  await expect(page.getByText(/перешёл на другой тариф/)).toBeVisible();
  await expect(page.getByRole('link', { name: 'Кредит-нота' })).toBeVisible();

  await plans(page).getByRole('button', { name: 'Перейти на «Старт»' }).click();
  const back = page.getByRole('dialog', { name: 'Перейти на «Старт»' });
  await expect(back.getByText('Вернётся на баланс')).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await expectWellMade(page);
  await back.getByRole('button', { name: 'Сменить тариф', exact: true }).click();
  await expect(plans(page).getByText('Текущий тариф')).toBeVisible();
  await expect(plans(page).getByRole('button', { name: 'Перейти на «Рост»' })).toBeVisible(SLOW);
});

test('the owner puts Anna’s package on a smaller plan, and she gets the rest back', async ({
  page,
}) => {
  await signIn(page, app, 'owner@stoika.test');
  await page.goto(`${app.origin}/admin/packages`);
  await page.getByRole('link', { name: 'studio-smirnova.ru' }).click();
  await settled(page);
  await plans(page).getByRole('button', { name: 'Перейти на «Старт»' }).click();
  const dialog = page.getByRole('dialog', { name: 'Перейти на «Старт»' });
  await expect(dialog.getByText('Вернётся на баланс')).toBeVisible();
  await expectWellMade(page);
  await dialog.getByRole('button', { name: 'Сменить тариф', exact: true }).click();
  await expect(plans(page).getByRole('row', { name: /Старт/ })).toContainText(
    'Текущий тариф',
    SLOW,
  );
});
