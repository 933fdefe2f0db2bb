import { expect, type Page, test } from '@playwright/test';
import { openDnsStub } from '../harness/dns-stub.ts';
import { type AppInstance, startApp } from './app-instance.ts';
import { dropWebShell } from './drop-web-shell.ts';
import { sendLetters } from './send-letters.ts';
import { settled } from './settled.ts';
import { signIn } from './sign-in.ts';

test.describe.configure({ mode: 'serial' });

const DOMAIN = 'romashka-web.ru';
const OWNER = 'boris@example.test';

let app: AppInstance;

test.beforeAll(async () => {
  app = await startApp();
});
test.afterAll(() => app.stop());

async function openSite(page: Page): Promise<void> {
  await page.goto(`${app.origin}/account/packages`);
  await page.getByRole('link', { name: DOMAIN }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(DOMAIN);
  await settled(page); // what still comes in moves the card away under the pointer
  const card = page.getByRole('region', { name: 'Защита сайтов' });
  await card.getByRole('link', { name: `Подробнее: ${DOMAIN}` }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Защита: ${DOMAIN}`);
}

test('an owner sees what was found, byte for byte, and leaves it alone or not', async ({
  page,
}) => {
  await sendLetters(page, app, OWNER, 'news.php');
  await dropWebShell(app, OWNER, 'gallery.php');
  await signIn(page, app, OWNER);
  await openSite(page);
  await expect(page.getByText('Нужно ваше решение')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Что включено' })).toContainText('наблюдение');
  await page.getByRole('link', { name: 'public_html/gallery.php' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('gallery.php');
  await expect(page.getByRole('region', { name: 'Как он попал на сайт' })).toContainText(
    'Загружен через панель',
  );
  const bytes = page.getByRole('region', { name: 'Что в файле опасно' }).first();
  await expect(bytes).toContainText('eval(base64_decode($_POST');
  await bytes.getByRole('button', { name: 'Байты' }).click();
  await expect(bytes).toContainText('00000000  3c 3f 70 68 70');

  await page.getByRole('button', { name: 'Оставить как есть' }).click();
  const dialog = page.getByRole('dialog', { name: 'Оставить файл как есть?' });
  await dialog.getByRole('button', { name: 'Оставить как есть' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Это содержимое по этому пути больше не трогаем.')).toBeVisible();
});

test('an owner has the whole site looked at', async ({ page }) => {
  await signIn(page, app, OWNER);
  await openSite(page);
  await page.getByRole('button', { name: 'Проверить сейчас' }).click();
  await expect(page.getByText('Сайт чист')).toBeVisible({ timeout: 60_000 });
  const figures = page.getByRole('region', { name: 'В цифрах' });
  await expect(figures).toContainText('Проверка закончена');
});

test('staff get the command that joins a server, and turn it away by its name', async ({
  page,
}) => {
  await signIn(page, app, 'owner@stoika.test');
  await page.goto(`${app.origin}/admin/protection/nodes`);
  await page.getByRole('button', { name: 'Добавить сервер' }).click();
  const adding = page.getByRole('dialog', { name: 'Добавить сервер' });
  await adding.getByLabel('Название').fill('web-7');
  await adding.getByRole('button', { name: 'Получить команду' }).click();
  await expect(adding.getByLabel('Команда', { exact: true })).toHaveText(
    /^sudo stoika-guard join http:\/\/localhost:\d+ [0-9A-Z-]{19}$/,
  );
  await adding.getByRole('button', { name: 'Готово' }).click();
  const card = page.getByRole('region', { name: 'web-7' });
  await expect(card).toContainText('ждём подключения');
  await page.getByRole('button', { name: 'Отключить: web-7' }).click();
  const revoking = page.getByRole('dialog', { name: 'Отключить: web-7' });
  await revoking.getByRole('textbox').fill('web-7');
  await revoking.getByRole('button', { name: 'Отключить' }).click();
  await expect(revoking).toBeHidden();
  await expect(card).toContainText('отключён');
});

test('staff protect every site, and what is found from then on is mended at once', async ({
  page,
}) => {
  await signIn(page, app, 'owner@stoika.test');
  await page.goto(`${app.origin}/admin/protection/nodes`);
  const mode = page.getByRole('region', { name: 'Режим по умолчанию' });
  await mode.getByRole('radio', { name: /^защита/ }).check();
  await mode.getByRole('button', { name: 'Сохранить' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Сохранено' })).toBeVisible();
  await page.getByRole('button', { name: 'Опросить сейчас: node-1' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Узел опрошен' })).toBeVisible();

  await dropWebShell(app, OWNER, 'again.php');
  await page.goto(`${app.origin}/admin/protection/findings?search=again.php`);
  await page.getByRole('link', { name: 'public_html/again.php' }).click();
  await expect(page.getByRole('region', { name: 'Что убрано' }).first()).toContainText('system(');
  await page.goto(`${app.origin}/admin/protection`);
  await page.getByRole('link', { name: DOMAIN }).click();
  await expect(page.getByText('Найденное обезврежено')).toBeVisible();
  await page.goto(`${app.origin}/admin/protection/rules`);
  await expect(page.getByRole('table', { name: 'Правила' })).toContainText('php-request');
});

test('the owner puts the mended file back', async ({ page }) => {
  await signIn(page, app, OWNER);
  await openSite(page);
  await page.getByRole('link', { name: 'public_html/again.php' }).click();
  await page.getByRole('button', { name: 'Вернуть файл' }).click();
  const dialog = page.getByRole('dialog', { name: 'Вернуть файл?' });
  await expect(dialog).toContainText('снова сможет запускаться');
  await dialog.getByRole('button', { name: 'Вернуть файл' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Файл возвращён таким, каким был найден.')).toBeVisible();
});

test('staff set one site and its folders otherwise', async ({ page }) => {
  await signIn(page, app, 'owner@stoika.test');
  await page.goto(`${app.origin}/admin/protection`);
  await page.getByRole('link', { name: DOMAIN }).click();
  const paths = page.getByLabel('Папки с особым режимом');
  await paths.fill('public_html/old: sometimes');
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await expect(paths).toHaveAccessibleDescription(/Строка 1/);
  await paths.fill('public_html/old: off');
  await page.getByLabel('Режим этого сайта').selectOption('detect');
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'узлу скажем сразу' })).toBeVisible();
  await page.reload();
  await expect(paths).toHaveValue('public_html/old: off');
  await expect(page.getByRole('region', { name: 'О сайте' })).toContainText('наблюдение');
});

test('staff see which address is listed where, and why', async ({ page }) => {
  const dns = await openDnsStub();
  dns.records.set('2.0.0.127.bl.example.org', { a: ['127.0.0.2'] });
  dns.records.set('25.2.0.192.bl.example.org', { a: ['127.0.0.4'], txt: 'spam source' });
  await signIn(page, app, 'owner@stoika.test');
  await page.goto(`${app.origin}/admin/protection/reputation`);
  await expect(page.getByText('Списков нет')).toBeVisible();
  await page.getByRole('button', { name: 'Изменить адреса: node-1' }).click();
  const dialog = page.getByRole('dialog', { name: 'node-1' });
  await dialog.getByLabel('Адреса узлов').fill('192.0.2.25');
  await dialog.getByRole('button', { name: 'Сохранить' }).click();
  await expect(dialog).toBeHidden();
  await page.getByLabel('Списки', { exact: true }).fill('bl.example.org');
  await page.getByLabel('DNS-серверы').fill(dns.server);
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await page.getByRole('button', { name: 'Проверить сейчас' }).click();
  const listed = page.getByRole('region', { name: 'Сейчас в списках' });
  await expect(listed).toContainText('192.0.2.25, bl.example.org');
  await expect(listed).toContainText('spam source');
  await expect(listed).toContainText('60 получателей за час с');
  await expect(listed).toContainText('public_html/news.php: 60 получателям');
  await expect(listed.getByRole('link', { name: DOMAIN })).toBeVisible();
  await expect(listed).toContainText('Файл найден');
  dns.records.delete('25.2.0.192.bl.example.org');
  await page.getByRole('button', { name: 'Проверить сейчас' }).click();
  await page.getByRole('button', { name: 'Разбор: 192.0.2.25' }).click();
  const causes = page.getByRole('dialog', { name: '192.0.2.25' });
  await expect(causes).toContainText('Адрес убран из списка');
  await dns.close();
});
