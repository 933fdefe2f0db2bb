import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { type AppInstance, startApp } from './app-instance.ts';
import { callApi } from './call-api.ts';
import { signIn } from './sign-in.ts';

let app: AppInstance;

test.beforeAll(async () => {
  app = await startApp({ today: '2023-02-15' });
});
test.afterAll(() => app.stop());

async function visitor(browser: Browser, email: string): Promise<[BrowserContext, Page]> {
  const context = await browser.newContext({ locale: 'ru' });
  const page = await context.newPage();
  await signIn(page, app, email);
  return [context, page];
}

const OWNER = 'owner@stoika.test';
const ANNA = 'anna@example.test';
let keys = 0;

function call<T>(page: Page, path: string, body: object): Promise<T> {
  const key = `corrections-${(keys += 1)}`;
  return callApi<T>(page.context(), `${app.origin}${path}`, { method: 'POST', key, body });
}

/** A transfer of 5 000.00 onto Anna's balance, booked by the owner. */
async function transfer(client: Page, desk: Page): Promise<string> {
  const amount = { minor: 5_000_00, currency: 'RUB' };
  const { id } = await call<{ id: string }>(client, '/v1/payments', {
    amount,
    gatewayId: 'bank-transfer',
  });
  await call(desk, `/v1/admin/payments/${id}/confirm`, { received: amount });
  return id;
}

async function clientIdOf(desk: Page, name: RegExp): Promise<string> {
  await desk.goto(`${app.origin}/admin/clients`);
  await desk.getByRole('row', { name }).first().click();
  await desk.waitForURL(/\/admin\/clients\/cli_/);
  return /cli_[0-9a-z]{20}/.exec(desk.url())?.[0] ?? '';
}

test('staff refund a payment, and the client sees it on its way and done', async ({ browser }) => {
  const [anna, page] = await visitor(browser, ANNA);
  const [owner, desk] = await visitor(browser, OWNER);
  const paymentId = await transfer(page, desk);
  await desk.goto(`${app.origin}/admin/payments/${paymentId}`);
  await desk.getByRole('button', { name: 'Вернуть деньги' }).click();
  const dialog = desk.getByRole('dialog', { name: 'Возврат плательщику' });
  await dialog.getByRole('textbox', { name: 'Сумма' }).fill('1200');
  await dialog.getByRole('textbox', { name: 'Причина' }).fill('Клиент передумал');
  await dialog.getByRole('button', { name: 'Вернуть 1 200,00 ₽' }).click();
  await expect(dialog).toBeHidden();
  const refunds = desk.getByRole('region', { name: 'Возвраты' });
  await expect(refunds.getByText('в пути')).toBeVisible();

  await page.goto(`${app.origin}/account/payments/${paymentId}`);
  const seen = page.getByRole('region', { name: 'Возвраты' });
  await expect(seen.getByRole('row', { name: /в пути.*1 200,00/ })).toBeVisible();
  await refunds.getByRole('button', { name: 'Перевод отправлен' }).click();
  await expect(refunds.getByText('возвращён')).toBeVisible();
  await page.reload();
  await expect(seen.getByRole('row', { name: /возвращён.*1 200,00/ })).toBeVisible();
  await anna.close();
  await owner.close();
});

test('an invoice made by hand is paid with others at once, another is written off', async ({
  browser,
}) => {
  const [anna, page] = await visitor(browser, ANNA);
  const [owner, desk] = await visitor(browser, OWNER);
  await transfer(page, desk);
  const clientId = await clientIdOf(desk, /Анна Смирнова/);
  const make = async (what: string, price: string) => {
    await desk.goto(`${app.origin}/admin/clients/${clientId}`);
    await desk.getByRole('link', { name: 'Выставить счёт' }).click();
    await desk.getByRole('textbox', { name: 'Что' }).fill(what);
    await desk.getByRole('textbox', { name: 'Цена за штуку' }).fill(price);
    await desk.getByRole('textbox', { name: 'Оплатить до' }).fill('25.02.2023');
    await desk.getByRole('textbox', { name: 'Зачем этот счёт' }).fill('по просьбе');
    await desk.getByRole('button', { name: /^Выставить / }).click();
    await expect(desk.getByRole('heading', { level: 1 })).toHaveText(/^Счёт INV-/);
  };
  await make('Перенос сайта', '500');
  await make('Настройка почты', '700');

  await page.goto(`${app.origin}/account/invoices`);
  await page.getByRole('link', { name: 'Оплатить сразу' }).click();
  await expect(page.getByRole('checkbox', { name: /INV-/ })).toHaveCount(2);
  await page.getByRole('radio', { name: 'С баланса' }).check();
  await page.getByRole('button', { name: /^Оплатить .*1 200,00/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Счета' })).toBeVisible();
  await expect(page.getByRole('row', { name: /оплачен.*700,00/ })).toBeVisible();

  await make('Консультация', '300');
  await desk.getByRole('button', { name: 'Списать долг' }).click();
  const dialog = desk.getByRole('dialog', { name: /^Списать долг по счёту INV-/ });
  await dialog.getByRole('textbox', { name: 'Причина' }).fill('не платит');
  await dialog.getByRole('button', { name: 'Списать' }).click();
  await expect(dialog).toBeHidden();
  await expect(desk.getByText('списан', { exact: true })).toBeVisible();
  await anna.close();
  await owner.close();
});

test('a quote is accepted with one press and becomes an invoice at its price', async ({
  browser,
}) => {
  const [owner, desk] = await visitor(browser, OWNER);
  const clientId = await clientIdOf(desk, /Анна Смирнова/);
  await desk.goto(`${app.origin}/admin/clients/${clientId}/quote`);
  await desk.getByRole('textbox', { name: 'Домен' }).fill('quoted.example');
  await desk.getByRole('textbox', { name: /^Согласованная цена/ }).fill('1000');
  await desk.getByRole('textbox', { name: 'Действует по' }).fill('01.03.2023');
  await desk.getByRole('button', { name: 'Отправить предложение' }).click();
  await expect(desk.getByText('quoted.example')).toBeVisible();

  const [anna, page] = await visitor(browser, ANNA);
  await page.goto(`${app.origin}/account/quotes`);
  await page.getByRole('button', { name: 'Принять 1 000,00 ₽' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Счёт INV-/);
  await expect(page.getByText('1 000,00 ₽').first()).toBeVisible();
  await anna.close();
  await owner.close();
});

test('the rules of collection are changed on their screen and stay', async ({ browser }) => {
  const [owner, desk] = await visitor(browser, OWNER);
  await desk.goto(`${app.origin}/admin/collection`);
  const shop = desk.getByRole('region', { name: 'Стойка' });
  await shop.getByLabel('В какие дни напоминать о неоплаченном счёте').fill('-3, 1, 7');
  await shop.getByRole('radio', { name: 'Процентом от долга' }).check();
  await shop.getByLabel('Процент от долга').last().fill('5');
  await shop.getByRole('button', { name: 'Сохранить' }).click();
  await expect(desk.getByText('Правила сохранены')).toBeVisible();
  await desk.reload();
  await expect(shop.getByLabel('В какие дни напоминать о неоплаченном счёте')).toHaveValue(
    '-3, 1, 7',
  );
  await expect(shop.getByRole('radio', { name: 'Процентом от долга' })).toBeChecked();
  await owner.close();
});

test('a month is closed, and its papers are there', async ({ browser }) => {
  const [owner, desk] = await visitor(browser, OWNER);
  await desk.goto(`${app.origin}/admin/reports/months`);
  const close = desk.getByRole('button', { name: /^Закрыть \p{L}+ \d{4}$/u });
  const month = ((await close.textContent()) ?? '').replace('Закрыть ', '');
  await close.click();
  const row = desk.getByRole('row', { name: new RegExp(month) });
  await expect(row).toBeVisible();
  const href = await row.getByRole('link', { name: 'PDF на русском' }).getAttribute('href');
  const pdf = await desk.request.get(`${app.origin}${href}`);
  expect(pdf.headers()['content-type']).toBe('application/pdf');
  await owner.close();
});

test('a client is exempted from tax by a document', async ({ browser }) => {
  const [owner, desk] = await visitor(browser, OWNER);
  const clientId = await clientIdOf(desk, /Вера/);
  await desk.goto(`${app.origin}/admin/clients/${clientId}`);
  await desk.getByRole('button', { name: 'Изменить освобождение' }).click();
  const dialog = desk.getByRole('dialog', { name: 'Освобождение от налога' });
  await dialog.getByRole('textbox', { name: 'Документ' }).fill('Уведомление № 7');
  await dialog.getByRole('button', { name: 'Сохранить' }).click();
  await expect(desk.getByText('Освобождён от налога: Уведомление № 7')).toBeVisible();
  await owner.close();
});
