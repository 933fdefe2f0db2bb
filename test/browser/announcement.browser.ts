import { type Browser, expect, type Page, test } from '@playwright/test';
import { formatDate } from '../../kit/format-date.ts';
import { type AppInstance, DEMO_PASSWORD, startApp } from './app-instance.ts';
import { CARDS, payWithCard } from './pay-with-card.ts';
import { signIn } from './sign-in.ts';

/*
 * The announcement of spring 2023, lived through by people at their screens: WHMCS leaves the
 * packages and becomes an add-on at 800.00 RUB a month from 3 April 2023. The demo stands at
 * 15 February 2023; VAT of 20 % is inside all prices. Every figure is worked out by hand in the
 * comment beside it.
 */
test.describe.configure({ mode: 'serial' });

const STAFF = 'owner@stoika.test';
const VERA = 'vera@example.test';
const ANNA = 'anna@example.test';
const BORIS = 'boris@example.test';
const GRIGORY = 'grigory@example.test';
const DOMAIN = 'gorod-remonta.ru';

let app: AppInstance;
const people = new Map<string, Page>();

test.beforeAll(async () => {
  app = await startApp({ today: '2023-02-15' });
});
test.afterAll(async () => {
  for (const page of people.values()) await page.context().close();
  await app.stop();
});

test('the operator plans the change and publishes it', async ({ browser }) => {
  const page = await visit(browser, STAFF);
  await page.getByRole('link', { name: 'Изменения' }).click();
  await page.getByRole('button', { name: 'Вынести из тарифов' }).click();
  const dialog = page.getByRole('dialog', { name: 'Вынести компонент из тарифов' });
  await dialog.getByLabel('Компонент').selectOption({ label: 'Лицензия WHMCS' });
  await dialog.getByLabel('Для новых с').fill('03.04.2023');
  await dialog.getByLabel('Для действующих с').fill('03.04.2023');
  await dialog.getByLabel('Цена месяца для клиентов').fill('800');
  await dialog.getByLabel('Цена месяца для реселлеров').fill('640');
  await dialog.getByRole('button', { name: 'Создать черновик' }).click();

  const prices = page.getByRole('region', { name: 'Цены для клиентов, за месяц' });
  await expect(prices).toContainText('800,00 ₽');
  await page.getByRole('button', { name: 'Опубликовать' }).click();
  await page
    .getByRole('dialog', { name: 'Опубликовать изменение?' })
    .getByRole('button', { name: 'Опубликовать' })
    .click();
  await expect(page.getByRole('button', { name: 'Отозвать' })).toBeVisible();
});

test('each holder is told what it means for them, and when', async ({ browser }) => {
  const page = await visit(browser, STAFF);
  await page.getByRole('link', { name: 'Письма' }).click();
  // Linux Pro for 3 months: 3 × 2 750.00 = 8 250.00, and 3 × 800.00 = 2 400.00.
  await openMail(page, 'lisa-shop.ru: с 25 апреля 2023 продление стоит 10 650,00 ₽');
  await expect(letterIn(page)).toContainText('2 400,00 ₽');
  await expect(letterIn(page)).toContainText('8 250,00 ₽');
  // Linux Grow for 6 months: 6 × 1 340.00 = 8 040.00, and 6 × 800.00 = 4 800.00.
  await openMail(page, 'studio-smirnova.ru: с 14 мая 2023 продление стоит 12 840,00 ₽');
  // Linux Start for 12 months: 12 × 640.00 = 7 680.00, and 12 × 800.00 = 9 600.00.
  await openMail(page, 'romashka-web.ru: с 5 октября 2023 продление стоит 17 280,00 ₽');
});

test('until then nothing changes for who holds a package', async ({ browser }) => {
  const page = await visit(browser, VERA);
  await openPackage(page, 'lisa-shop.ru');
  await expect(rowOf(page, 'Состав', 'Лицензия WHMCS')).toContainText('пока бесплатно');
  await expect(region(page, 'Следующее продление')).toContainText('10 650,00 ₽');
});

test('Vera, who uses it, is reminded and puts the money on her balance', async ({ browser }) => {
  // 25 April less 30 days is 26 March; the notice goes out 3 days earlier.
  await moveClock(browser, '2023-03-23');
  const staff = await visit(browser, STAFF);
  await staff.getByRole('link', { name: 'Письма' }).click();
  await openMail(staff, 'lisa-shop.ru: 26 марта 2023 продлим пакет, 10 650,00 ₽');
  await expect(letterIn(staff)).toContainText('Лицензия WHMCS');

  const page = await visit(browser, VERA);
  await page.getByRole('link', { name: 'Баланс' }).click();
  await page.getByLabel('Сколько').fill('10650');
  await page.getByRole('button', { name: 'Пополнить на 10 650,00 ₽' }).click();
  await payWithCard(page, CARDS.pays);
  await expect(page.getByText('Оплачено 10 650,00 ₽')).toBeVisible();
});

test('Vera is charged for package and licence on one invoice', async ({ browser }) => {
  await moveClock(browser, '2023-03-27');
  const page = await visit(browser, VERA);
  await openInvoiceOf(page, '10 650,00 ₽');
  const lines = region(page, 'Строки');
  await expect(lines.getByRole('row', { name: /Linux, Про/ })).toContainText('8 250,00 ₽');
  await expect(lines.getByRole('row', { name: /Лицензия WHMCS/ })).toContainText('2 400,00 ₽');
  await expect(lines.getByRole('row', { name: /Итого/ })).toContainText('10 650,00 ₽');
  // 10 650.00 × 20/120 = 1 775.00
  await expect(lines.getByRole('row', { name: /НДС 20 %/ })).toContainText('1 775,00 ₽');
  await page.getByRole('link', { name: 'Баланс' }).click();
  await expect(region(page, 'Сейчас на балансе')).toContainText('0,00 ₽');
  await openPackage(page, 'lisa-shop.ru');
  await expect(region(page, 'Пакет')).toContainText('25 июля 2023');
});

test('a new client signs up in the cart and is not told of a licence', async ({ browser }) => {
  await moveClock(browser, '2023-04-10');
  const page = await newPage(browser);
  await page.goto(`${app.origin}/ru/plans/reseller-hosting-linux`);
  await page.getByRole('link', { name: /^Заказать за 14 280/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('оформление');
  await page.getByLabel('Имя домена').fill(DOMAIN);
  await page.getByLabel('Ваше имя').fill('Григорий Орлов');
  await page.getByLabel('Почта').fill(GRIGORY);
  await page.getByLabel('Пароль', { exact: true }).fill(DEMO_PASSWORD);
  await page.getByRole('button', { name: 'Создать учётную запись' }).click();
  await page.getByRole('radio', { name: /Банковская карта/ }).check();
  // 12 × 1 190.00 = 14 280.00, of which 14 280.00 × 20/120 = 2 380.00 VAT.
  const summary = page.getByRole('complementary', { name: 'Ваш заказ' });
  await expect(summary).toContainText('14 280,00 ₽');
  await expect(summary).toContainText('2 380,00 ₽');
  await expect(summary).not.toContainText('WHMCS');
  await summary.getByRole('button', { name: 'Оплатить 14 280,00 ₽' }).click();

  // On the gateway's page the first card is declined, the second one pays.
  await payWithCard(page, CARDS.isDeclined);
  await expect(page.getByRole('alert')).toContainText('Банк отклонил карту');
  await payWithCard(page, CARDS.pays);
  await expect(page.getByText('Оплачено 14 280,00 ₽')).toBeVisible();
  await page.getByRole('link', { name: `К пакету ${DOMAIN}` }).click();

  const delivery = region(page, /^(Доставка идёт|Доставлено)$/);
  await expect(delivery).toContainText('Проверяем, что всё на месте');
  await expect(page.getByRole('heading', { name: 'Доставлено' })).toBeVisible();
  await expect(region(page, 'Пакет')).toContainText('10 апреля 2024');
  await expect(region(page, 'Состав')).toBeHidden();
});

test('the site answers with PHP, and with the file that is put there', async ({ browser }) => {
  const page = await visit(browser, GRIGORY);
  await openPackage(page, DOMAIN);
  const address = await page.getByRole('link', { name: 'Открыть сайт' }).getAttribute('href');
  const site = await newPage(browser);
  await site.goto(address ?? '');
  await expect(site.locator('body')).toContainText(DOMAIN);

  await page.getByRole('link', { name: 'Файлы' }).first().click();
  await expect(page.getByRole('link', { name: 'index.php' })).toBeVisible();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Загрузить' }).click();
  await (
    await chooser
  ).setFiles({
    name: 'sum.php',
    mimeType: 'application/x-php',
    buffer: Buffer.from('<?php echo "PHP says ", 6 * 7;'),
  });
  await expect(page.getByRole('link', { name: 'sum.php' })).toBeVisible();
  await site.goto(`${address}sum.php`);
  await expect(site.locator('body')).toHaveText('PHP says 42');
});

test('Anna, who never used it, is told before the invoice and deletes it', async ({ browser }) => {
  // 14 May less 30 days is 14 April; the notice goes out 3 days earlier.
  await moveClock(browser, '2023-04-12');
  const staff = await visit(browser, STAFF);
  await staff.getByRole('link', { name: 'Письма' }).click();
  await openMail(staff, 'studio-smirnova.ru: 14 апреля 2023 продлим пакет, 12 840,00 ₽');
  await expect(letterIn(staff)).toContainText('4 800,00 ₽');

  const page = await visit(browser, ANNA);
  await openPackage(page, 'studio-smirnova.ru');
  await expect(region(page, 'Следующее продление')).toContainText('12 840,00 ₽');
  await deleteLicence(page, 'studio-smirnova.ru');
  // 6 × 1 340.00 = 8 040.00
  await expect(region(page, 'Следующее продление')).toContainText('8 040,00 ₽');
});

test('Anna is invoiced for the package alone, pays by transfer, staff confirm', async ({
  browser,
}) => {
  await moveClock(browser, '2023-04-15');
  const page = await visit(browser, ANNA);
  await openInvoiceOf(page, '8 040,00 ₽');
  await expect(region(page, 'Строки')).not.toContainText('WHMCS');
  await page.getByRole('radio', { name: /Банковский перевод/ }).check();
  await page.getByRole('button', { name: 'Оплачу переводом 8 040,00 ₽' }).click();
  await expect(page.getByRole('heading', { name: 'Ждём перевод' })).toBeVisible();

  const staff = await visit(browser, STAFF);
  await staff.getByRole('link', { name: 'Платежи' }).click();
  await staff
    .getByRole('row', { name: /8 040,00/ })
    .first()
    .click();
  await staff.getByRole('button', { name: 'Подтвердить поступление' }).click();
  await staff.getByRole('button', { name: 'Зачесть 8 040,00 ₽' }).click();
  await expect(staff.getByText('оплачен', { exact: true }).first()).toBeVisible();

  await openPackage(page, 'studio-smirnova.ru');
  await expect(region(page, 'Пакет')).toContainText('14 ноября 2023');
});

test('Boris, who will stop, deletes it long before his renewal', async ({ browser }) => {
  const page = await visit(browser, BORIS);
  await openPackage(page, 'romashka-web.ru');
  await expect(region(page, 'Следующее продление')).toContainText('17 280,00 ₽');
  await deleteLicence(page, 'romashka-web.ru');
  await expect(region(page, 'Следующее продление')).toContainText('7 680,00 ₽');
});

let firstKey = '';

test('the new client buys the licence in mid-term at the price for the days left', async ({
  browser,
}) => {
  await moveClock(browser, '2023-06-20');
  const page = await visit(browser, GRIGORY);
  await openPackage(page, DOMAIN);
  // 10 April 2023 to 10 April 2024 has 366 days, of which 20 + 31 + 20 = 71 are gone:
  // 9 600.00 × 295/366 = 7 737.704… → 7 737.70.
  const dialog = await offerLicence(page);
  await expect(dialog).toContainText('800,00 ₽ в месяц × 12 месяцев × 295 из 366 дней');
  await expect(dialog).toContainText('с 20 июня 2023 по 9 апреля 2024');
  await expect(dialog).toContainText('Деньги за это не возвращаются');
  await dialog.getByRole('radio', { name: /Банковская карта/ }).check();
  await dialog.getByRole('button', { name: 'Купить за 7 737,70 ₽' }).click();

  // This bank wants a code.
  await payWithCard(page, CARDS.asksForCode);
  await page.getByLabel('Код из сообщения').fill('1234');
  await page.getByRole('button', { name: 'Подтвердить' }).click();
  await expect(page.getByText('Оплачено 7 737,70 ₽')).toBeVisible();
  await page.getByRole('link', { name: `К пакету ${DOMAIN}` }).click();
  firstKey = await licenceKey(page);
  expect(firstKey).toMatch(/^\S{10,}$/);
  await expect(rowOf(page, 'Состав', 'Лицензия WHMCS')).toContainText('куплено');
  // 14 280.00 + 9 600.00 = 23 880.00
  await expect(region(page, 'Следующее продление')).toContainText('23 880,00 ₽');
});

test('deleting is final; buying again is a new key and a new charge', async ({ browser }) => {
  await moveClock(browser, '2023-07-01');
  const page = await visit(browser, GRIGORY);
  await openPackage(page, DOMAIN);
  await deleteLicence(page, DOMAIN);
  await expect(page.getByText(firstKey)).toBeHidden();
  await expect(region(page, 'Следующее продление')).not.toContainText('WHMCS');

  // 20 + 31 + 30 + 1 = 82 days are gone: 9 600.00 × 284/366 = 7 449.180… → 7 449.18.
  const dialog = await offerLicence(page);
  await expect(dialog).toContainText('284 из 366 дней');
  await dialog.getByRole('radio', { name: /Банковская карта/ }).check();
  await dialog.getByRole('button', { name: 'Купить за 7 449,18 ₽' }).click();
  await payWithCard(page, CARDS.pays);
  await page.getByRole('link', { name: `К пакету ${DOMAIN}` }).click();
  await expect(page.getByLabel('Ключ', { exact: true })).toBeVisible();
  expect(await licenceKey(page)).not.toBe(firstKey);
});

test('Boris is invoiced for the package alone, and nobody got money back', async ({ browser }) => {
  // 5 October less 30 days is 5 September.
  await moveClock(browser, '2023-09-06');
  const page = await visit(browser, BORIS);
  await openInvoiceOf(page, '7 680,00 ₽', 'ждёт оплаты');
  await expect(region(page, 'Строки')).not.toContainText('WHMCS');

  const staff = await visit(browser, STAFF);
  await staff.goto(`${app.origin}/admin/invoices?kind=credit-note`);
  await expect(staff.getByText('По этим условиям ничего не нашлось')).toBeVisible();
});

async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ locale: 'ru', timezoneId: 'Europe/Moscow' });
  return context.newPage();
}

/** Everyone signs in once and stays so, however far the clock goes; back at their panel's home. */
async function visit(browser: Browser, email: string): Promise<Page> {
  const known = people.get(email);
  const page = known ?? (await newPage(browser));
  if (known) await page.goto(`${app.origin}${email === STAFF ? '/admin' : '/account'}`);
  else await signIn(page, app, email);
  people.set(email, page);
  return page;
}

/** Staff move the sandbox's clock to the morning of a day, and all that was due happens. */
async function moveClock(browser: Browser, on: string): Promise<void> {
  const page = await visit(browser, STAFF);
  await page.getByRole('link', { name: 'Часы', exact: true }).click();
  await page.getByLabel('До утра этого дня').fill(on.split('-').toReversed().join('.'));
  await page.getByRole('button', { name: 'Передвинуть', exact: true }).click();
  const moved = page.getByText(new RegExp(`^С .* до ${formatDate(on, 'ru')}, 10:00`));
  await expect(moved).toBeVisible({ timeout: 90_000 });
}

const region = (page: Page, name: string | RegExp) =>
  page.getByRole('region', { name, exact: typeof name === 'string' });

const rowOf = (page: Page, table: string, name: string) =>
  region(page, table).getByRole('row', { name: new RegExp(name) });

const letterIn = (page: Page) => page.frameLocator('iframe').locator('body');

async function openMail(page: Page, subject: string): Promise<void> {
  await page.getByRole('link', { name: 'Письма' }).first().click();
  await page.getByRole('row').filter({ hasText: subject }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(subject);
}

async function openPackage(page: Page, domain: string): Promise<void> {
  await page.goto(`${app.origin}/account/packages`);
  await page.getByRole('row', { name: new RegExp(domain) }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(domain);
}

/** The newest of the client's invoices for that amount. */
async function openInvoiceOf(page: Page, total: string, state = ''): Promise<void> {
  await page.goto(`${app.origin}/account/invoices`);
  await page.getByRole('row').filter({ hasText: total }).filter({ hasText: state }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Счёт /);
}

async function offerLicence(page: Page) {
  await page.getByRole('button', { name: 'Купить лицензию' }).click();
  return page.getByRole('dialog', { name: 'Купить: Лицензия WHMCS' });
}

async function licenceKey(page: Page): Promise<string> {
  return (await page.getByLabel('Ключ', { exact: true }).textContent()) ?? '';
}

/** Under Manage, with the domain typed; then back on the package. */
async function deleteLicence(page: Page, domain: string): Promise<void> {
  await page.getByRole('link', { name: 'Управлять: Лицензия WHMCS' }).click();
  await page.getByRole('button', { name: 'Удалить лицензию' }).click();
  const dialog = page.getByRole('dialog', { name: 'Удаление: Лицензия WHMCS' });
  await expect(dialog).toContainText('Деньги за неё не возвращаются');
  await expect(dialog.getByRole('button', { name: 'Удалить навсегда' })).toBeDisabled();
  await dialog.getByRole('textbox').fill(domain);
  await dialog.getByRole('button', { name: 'Удалить навсегда' }).click();
  await page.getByRole('link', { name: `К пакету ${domain}` }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(domain);
}
