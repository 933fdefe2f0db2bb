import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { expect, type Page, test } from '@playwright/test';
import { type AppInstance, startApp } from './app-instance.ts';
import { callApi } from './call-api.ts';
import { signIn } from './sign-in.ts';

test.describe.configure({ mode: 'serial' });

const CLIENT = 'boris@example.test';
const SUBJECT = 'Не приходит почта';

let app: AppInstance;
let receiver: Server;
let hook = '';
const received: string[] = [];

test.beforeAll(async () => {
  receiver = createServer((request, response) => {
    received.push(String(request.headers['webhook-signature']));
    response.end('спасибо');
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  hook = `http://127.0.0.1:${(receiver.address() as { port: number }).port}/hook`;
  app = await startApp({ env: { WEBHOOKS_LOOPBACK: 'true' } });
});
test.afterAll(async () => {
  receiver.close();
  await app.stop();
});

const toast = (page: Page, words: string) => page.getByRole('status').filter({ hasText: words });
const talk = (page: Page) => page.getByRole('list', { name: 'Переписка' });

test('a client asks about a package, and sees a link in words and nothing that runs', async ({
  page,
}) => {
  await signIn(page, app, CLIENT);
  await page.getByRole('link', { name: 'Поддержка' }).click();
  await page.getByRole('link', { name: 'Задать вопрос' }).click();
  await page.getByLabel('Пакет').selectOption({ label: 'romashka-web.ru' });
  await page.getByRole('radio', { name: /не работает/ }).check();
  await page.getByLabel('Тема').fill(SUBJECT);
  await page
    .getByLabel('Сообщение')
    .fill('Смотрел https://example.test/help. <img src=x> [a](javascript:alert(1))');
  await page.getByRole('button', { name: 'Отправить' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(SUBJECT);
  await expect(talk(page).getByRole('link')).toHaveAttribute('href', 'https://example.test/help');
  await expect(talk(page)).toContainText('<img src=x> [a](javascript:alert(1))');
  await expect(page.getByRole('link', { name: 'romashka-web.ru' })).toBeVisible();
});

test('staff find it in the queue, and of two who answer the second is stopped', async ({
  page,
}) => {
  await signIn(page, app, 'support@stoika.test');
  await page.goto(`${app.origin}/admin/tickets?state=live&search=почта`);
  await page.getByRole('link', { name: SUBJECT }).click();
  await page.getByRole('link', { name: 'Заметка' }).click();
  await page.getByLabel('Заметка для коллег').fill('Проверить MX.');
  await page.getByRole('button', { name: 'Сохранить заметку' }).click();
  await expect(talk(page)).toContainText('Проверить MX.');

  await page.getByRole('link', { name: 'Ответ клиенту' }).click();
  const mine = page.getByLabel('Ответ', { exact: true });
  await mine.fill('Проверьте ещё раз.');
  const id = new URL(page.url()).pathname.split('/').at(-1);
  await callApi(page.context(), `${app.origin}/v1/admin/tickets/${id}/replies`, {
    method: 'POST',
    body: { text: 'Поправили MX, письма пойдут в течение часа.', revision: 1 },
  });
  await expect(page.getByText('Пока вы писали, в обращении появилось новое')).toBeVisible();
  await page.getByRole('button', { name: 'Ответить', exact: true }).click();
  await expect(page.getByText(/отправьте ещё раз, если ответ всё ещё нужен/)).toBeVisible();
  await expect(mine).toHaveValue('Проверьте ещё раз.');
  await page.getByRole('button', { name: 'Посмотрел, всё равно ответить' }).click();
  await page.getByLabel('После ответа').selectOption('waiting');
  await page.getByRole('button', { name: 'Ответить', exact: true }).click();
  await expect(toast(page, 'Ответ отправлен клиенту')).toBeVisible();
  await expect(talk(page).getByRole('listitem')).toHaveCount(4);
});

test('the client reads the answers, replies, closes and opens again', async ({ page }) => {
  await signIn(page, app, CLIENT);
  await page.goto(`${app.origin}/account/tickets?state=waiting`);
  await page.getByRole('link', { name: SUBJECT }).click();
  await expect(talk(page)).toContainText('Поправили MX');
  await expect(talk(page)).not.toContainText('Проверить MX.');
  await page.getByLabel('Ваш ответ').fill('Пошли, спасибо.');
  await page.getByRole('button', { name: 'Ответить' }).click();
  await expect(page.getByText('ждёт нашего ответа')).toBeVisible();
  await page.getByRole('button', { name: 'Закрыть вопрос' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Закрыть вопрос' }).click();
  const again = page.getByRole('region', { name: 'Вопрос закрыт' });
  await again.getByLabel('Ваш ответ').fill('Снова не приходят.');
  await page.getByRole('button', { name: 'Открыть снова' }).click();
  await expect(page.getByText('ждёт нашего ответа')).toBeVisible();
});

test('the owner adds a department and a prepared answer', async ({ page }) => {
  await signIn(page, app, 'owner@stoika.test');
  await page.goto(`${app.origin}/admin/tickets`);
  await page.getByRole('link', { name: 'Отделы и ответы' }).click();
  await page.getByRole('button', { name: 'Добавить отдел' }).click();
  await page.getByLabel('Название по-русски').last().fill('Расчёты');
  await page.getByLabel('Название по-английски').last().fill('Billing');
  await page.getByLabel('Ключ').last().fill('billing');
  await page.getByRole('button', { name: 'Добавить заготовку' }).click();
  await page.getByLabel('Название', { exact: true }).fill('Сменить пароль');
  await page.getByLabel('Текст').fill('Пароль меняется на странице «Безопасность».');
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await expect(toast(page, 'Сохранено')).toBeVisible();
  await page.goto(`${app.origin}/admin/tickets?department=billing`);
  await expect(page.getByText('По этим условиям ничего не нашлось')).toBeVisible();
});

test('a developer adds a webhook, tries it, and looks at what came back', async ({ page }) => {
  await signIn(page, app, CLIENT);
  await page.getByRole('link', { name: 'Вебхуки' }).click();
  await expect(page.getByText('Адресов пока нет')).toBeVisible();
  await page.getByRole('button', { name: 'Добавить адрес' }).click();
  const dialog = page.getByRole('dialog', { name: 'Новый адрес' });
  await dialog.getByLabel('Адрес').fill('https://192.168.0.1/');
  await dialog.getByLabel('invoice.paid').check();
  await dialog.getByRole('button', { name: 'Добавить' }).click();
  await expect(dialog.getByLabel('Адрес')).toHaveAccessibleDescription(/доступный из интернета/);
  await dialog.getByLabel('Адрес').fill(hook);
  await dialog.getByRole('button', { name: 'Добавить' }).click();
  await expect(dialog.getByLabel('Секрет', { exact: true })).toHaveText(/^whsec_/);
  await dialog.getByRole('button', { name: 'Секрет сохранён' }).click();

  await page.getByRole('button', { name: 'Отправить проверку' }).click();
  const deliveries = page.getByRole('table', { name: 'Отправки' });
  await expect(deliveries).toContainText('доставлено');
  expect(received.at(-1)).toMatch(/^v1,/);
  await deliveries.getByRole('button', { name: 'Подробно' }).click();
  const shown = page.getByRole('dialog', { name: 'Отправка: webhook.test' });
  await expect(shown).toContainText('"type": "webhook.test"');
  await expect(shown).toContainText('спасибо');
  await shown.getByRole('button', { name: 'Отправить ещё раз' }).click();
  await expect.poll(() => received.length).toBe(2);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Удалить' }).click();
  const sure = page.getByRole('dialog', { name: 'Удалить адрес?' });
  await sure.getByRole('textbox').fill(new URL(hook).host);
  await sure.getByRole('button', { name: 'Удалить' }).click();
  await expect(page.getByText('Адресов пока нет')).toBeVisible();
});
