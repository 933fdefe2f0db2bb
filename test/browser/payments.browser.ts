import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { type AppInstance, startApp } from './app-instance.ts';
import { callApi } from './call-api.ts';
import { signIn } from './sign-in.ts';

let app: AppInstance;

test.beforeAll(async () => {
  app = await startApp();
});
test.afterAll(() => app.stop());

let orders = 0;

/** An order of a client's own, unpaid, and its invoice on screen. */
async function openInvoice(page: Page): Promise<string> {
  orders += 1;
  const cart = {
    productId: 'reseller-hosting-linux',
    planId: 'linux-start',
    termMonths: 1,
    domainName: `payer-${orders}.example`,
  };
  const context = page.context();
  const { totalMinor } = await callApi<{ totalMinor: number }>(
    context,
    `${app.origin}/v1/shop/quote`,
    { method: 'POST', body: cart },
  );
  const { invoiceId } = await callApi<{ invoiceId: string }>(context, `${app.origin}/v1/orders`, {
    method: 'POST',
    key: `browser-${orders}`,
    body: { ...cart, expectedTotalMinor: totalMinor },
  });
  await page.goto(`${app.origin}/account/invoices/${invoiceId}`);
  await expect(page.getByRole('heading', { level: 2, name: 'Оплата', exact: true })).toBeVisible();
  return invoiceId;
}

async function payWith(page: Page, card: string): Promise<void> {
  await page.getByLabel('Номер карты').fill(card);
  await page.getByLabel('Срок').fill('12/49');
  await page.getByLabel('CVC').fill('123');
  await page.getByRole('button', { name: /^Оплатить/ }).click();
}

async function visitor(browser: Browser, email: string): Promise<[BrowserContext, Page]> {
  const context = await browser.newContext({ locale: 'ru' });
  const page = await context.newPage();
  await signIn(page, app, email);
  return [context, page];
}

test('a card that is declined says why, another one pays, and the package is a click away', async ({
  page,
}) => {
  await signIn(page, app, 'anna@example.test');
  await openInvoice(page);
  await page.getByRole('radio', { name: /Банковская карта/ }).check();
  await page.getByRole('button', { name: 'Оплатить 790,00 ₽' }).click();
  await payWith(page, '4000000000009995');
  await expect(page.getByText(/не хватает/i).first()).toBeVisible();

  await page.goto(`${app.origin}/account/payments`);
  await page
    .getByRole('row', { name: /790,00/ })
    .first()
    .click();
  await expect(page.getByRole('alert')).toContainText('На карте не хватает денег');
  await page.getByRole('link', { name: 'Вернуться на страницу оплаты' }).click();
  await payWith(page, '4242424242424242');

  await expect(page.getByRole('alert')).toContainText('Оплачено 790,00 ₽');
  await page.getByRole('link', { name: /^К пакету payer-/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^payer-/);
});

test('an answer that comes late is waited for on the page the payer returns to', async ({
  page,
}) => {
  await signIn(page, app, 'anna@example.test');
  const invoiceId = await openInvoice(page);
  await page.getByRole('radio', { name: /Банковская карта/ }).check();
  await page.getByRole('button', { name: /^Оплатить 790/ }).click();
  await payWith(page, '4000000000000077');
  await expect(page.getByRole('heading', { level: 2, name: 'Ждём ответа банка' })).toBeVisible();
  // Meanwhile the invoice says that a payment has begun, so that nobody pays twice.
  const other = await page.context().newPage();
  await other.goto(`${app.origin}/account/invoices/${invoiceId}`);
  await expect(other.getByText('Оплата картой начата')).toBeVisible();
  await other.close();
  await expect(page.getByRole('alert')).toContainText('Оплачено', { timeout: 30_000 });
});

test('money on the balance pays an invoice with one press', async ({ page }) => {
  await signIn(page, app, 'vera@example.test');
  await page.goto(`${app.origin}/account/balance`);
  await page.getByRole('button', { name: '1 000 ₽' }).click();
  await page.getByRole('button', { name: 'Пополнить на 1 000,00 ₽' }).click();
  await payWith(page, '4242424242424242');
  await expect(page.getByRole('alert')).toContainText('Деньги уже на балансе');

  await openInvoice(page);
  await page.getByRole('radio', { name: 'С баланса' }).check();
  await page.getByRole('button', { name: 'Оплатить 790,00 ₽' }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Оплата', exact: true })).toBeHidden();

  await page.goto(`${app.origin}/account/balance`);
  await expect(page.getByRole('row', { name: /Пополнение.*\+1 000,00/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /Оплата счёта INV-.*−790,00/ })).toBeVisible();
});

test('what is no amount is refused beside its field', async ({ page }) => {
  await signIn(page, app, 'vera@example.test');
  await page.goto(`${app.origin}/account/balance`);
  const amount = page.getByRole('textbox', { name: 'Сколько' });
  await amount.fill('много');
  await page.getByRole('button', { name: 'Пополнить', exact: true }).click();
  await expect(amount).toBeFocused();
  await expect(amount).toHaveAccessibleDescription(/больше нуля/);
});

test('a transfer is awaited with its details until staff book what really came', async ({
  browser,
}) => {
  const [client, page] = await visitor(browser, 'boris@example.test');
  await openInvoice(page);
  await page.getByRole('radio', { name: 'Банковский перевод' }).check();
  await page.getByRole('button', { name: 'Оплачу переводом 790,00 ₽' }).click();
  await expect(page.getByLabel('Назначение', { exact: true })).toHaveText(/^Оплата счёта INV-/);
  await expect(page.getByLabel('Счёт', { exact: true })).toHaveText('40702810000000000001');

  const [operator, desk] = await visitor(browser, 'owner@stoika.test');
  await desk.goto(`${app.origin}/admin/payments?state=pending&gatewayId=bank-transfer`);
  await desk
    .getByRole('row', { name: /790,00/ })
    .first()
    .click();
  await desk.getByRole('button', { name: 'Подтвердить поступление' }).click();
  const dialog = desk.getByRole('dialog', { name: 'Поступил перевод' });
  await dialog.getByRole('textbox', { name: 'Пришло на счёт' }).fill('500,00');
  await dialog.getByRole('button', { name: 'Зачесть 500,00 ₽' }).click();
  await expect(dialog).toBeHidden();
  await expect(desk.getByText('290,00 ₽')).toBeVisible();

  await page.reload();
  await expect(page.getByRole('alert')).toContainText('осталось заплатить 290,00 ₽');
  await client.close();
  await operator.close();
});

test('staff switch a way to pay off, and its secrets are never shown', async ({ browser }) => {
  const [operator, desk] = await visitor(browser, 'owner@stoika.test');
  await desk.goto(`${app.origin}/admin/gateways`);
  const shop = desk.getByRole('region', { name: 'Стойка' });
  const card = shop.getByRole('row', { name: /Банковская карта/ });
  await card.getByRole('button', { name: 'Настроить' }).click();
  const form = desk.getByRole('dialog', { name: /Банковская карта.*Стойка/ });
  await expect(form.getByLabel('Ключ API')).toHaveValue('');
  await form.getByLabel('Ждать ответа, мс').fill('1');
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect(form.getByLabel('Ждать ответа, мс')).toHaveAccessibleDescription(/не подходит/);
  await form.getByLabel('Ждать ответа, мс').fill('9000');
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect(form).toBeHidden();

  await card.getByRole('button', { name: 'Выключить' }).click();
  await desk.getByRole('dialog').getByRole('button', { name: 'Выключить' }).click();
  await expect(card).toContainText('выключен');
  const [client, page] = await visitor(browser, 'anna@example.test');
  await page.goto(`${app.origin}/account/balance`);
  await expect(page.getByRole('radio', { name: 'Банковский перевод' })).toBeVisible();
  await expect(page.getByRole('radio', { name: /Банковская карта/ })).toHaveCount(0);

  await card.getByRole('button', { name: 'Включить' }).click();
  await expect(card).toContainText('включён');
  await client.close();
  await operator.close();
});

test('a card is saved at the cart, pays the next invoice at once, and is removed', async ({
  browser,
}) => {
  const [context, page] = await visitor(browser, 'boris@example.test');
  await page.goto(`${app.origin}/ru/cart/reseller-hosting-linux/linux-start/1`);
  await page.getByLabel('Домен').fill('saved-card.example');
  await page.getByRole('radio', { name: /Банковская карта/ }).check();
  await page
    .getByRole('checkbox', { name: 'Сохранить карту для автоматического продления' })
    .check();
  await page.getByRole('button', { name: /790,00/ }).click();
  await expect(page.getByText('Банк сохранит карту')).toBeVisible();
  await payWith(page, '4242424242424242');
  await expect(page.getByRole('alert')).toContainText('Оплачено 790,00 ₽');

  await openInvoice(page);
  await page.getByRole('radio', { name: 'Карта Visa •••• 4242' }).check();
  await page.getByRole('button', { name: 'Оплатить 790,00 ₽' }).click();
  await expect(page.getByRole('alert')).toContainText('Оплачено 790,00 ₽');

  await page.getByRole('link', { name: 'Карты' }).click();
  await expect(page.getByText('потом с карты Visa •••• 4242')).toBeVisible();
  await page.getByRole('button', { name: 'Убрать Visa •••• 4242' }).click();
  const dialog = page.getByRole('dialog', { name: 'Убрать Visa •••• 4242?' });
  await dialog.getByRole('button', { name: 'Убрать' }).click();
  await expect(page.getByText('Сохранённых карт нет')).toBeVisible();
  await context.close();
});
