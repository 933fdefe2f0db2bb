import { expect, type Page, test } from '@playwright/test';
import { axeViolations } from './axe-violations.ts';
import { type Gallery, serveGallery } from './serve-gallery.ts';

let gallery: Gallery;

test.beforeAll(async () => {
  gallery = await serveGallery();
});

test.afterAll(async () => {
  await gallery.close();
});

const PAGES = ['', '/forms', '/table', '/record/1', '/feedback', '/nowhere'];
/** Each theme and each width once: colours do not depend on the width, nor layout on the theme. */
const LOOKS = [
  { name: 'desktop, light', width: 1440, height: 900, colorScheme: 'light' },
  { name: 'phone, dark', width: 390, height: 844, colorScheme: 'dark' },
] as const;

async function open(page: Page, path: string, search = '') {
  await page.goto(`${gallery.url}/gallery${path}${search}`);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
}

/** What axe holds against the page, one line a rule. */
async function faults(page: Page): Promise<string[]> {
  const violations = await axeViolations(page);
  return violations.map(({ id, html }) => `${id}: ${html.join(' | ')}`);
}

for (const look of LOOKS) {
  test(`axe finds nothing on any component (${look.name})`, async ({ browser }) => {
    const { width, height, colorScheme } = look;
    const context = await browser.newContext({ viewport: { width, height }, colorScheme });
    const page = await context.newPage();
    for (const path of PAGES) {
      await open(page, path);
      expect.soft(await faults(page), path).toEqual([]);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect.soft(overflow, `${path} fits the screen's width`).toBeLessThanOrEqual(0);
    }
    await context.close();
  });
}

test('a brand whose accent is pale stays legible', async ({ page }) => {
  for (const accent of ['%23ffe100', '%23c0ffee', '%23000000']) {
    await open(page, '', `?accent=${accent}`);
    expect(await faults(page)).toEqual([]);
  }
});

test('nothing on the pages breaks the content security policy', async ({ page }) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  for (const path of PAGES) await open(page, path);
  expect(complaints).toEqual([]);
});

test('a list is walked and opened by keyboard, and its filters live in the address', async ({
  page,
}) => {
  await open(page, '/table');
  await page.getByRole('combobox', { name: 'Состояние' }).selectOption('open');
  await expect(page).toHaveURL(/\?status=open$/);
  await page.getByRole('button', { name: 'Номер' }).click();
  await expect(page).toHaveURL(/status=open&sort=number/);
  await expect(page.getByRole('columnheader', { name: 'Номер' })).toHaveAttribute(
    'aria-sort',
    'ascending',
  );
  await page.getByRole('link', { name: 'СТ-2023-00002' }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/record\/%D0%A1%D0%A2-2023-00005$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Счёт СТ-2023-00005');
  await page.goBack();
  await expect(page).toHaveURL(/status=open&sort=number/);
});

test('searching waits for the typing to end, and clearing brings everything back', async ({
  page,
}) => {
  await open(page, '/table');
  await page.getByRole('searchbox').pressSequentially('север');
  await expect(page).toHaveURL(/search=/);
  await expect(page.getByRole('row')).toHaveCount(11);
  await page.getByRole('searchbox').fill('такого нет');
  await expect(page.getByText('По этим условиям ничего не нашлось')).toBeVisible();
  await page.getByRole('button', { name: 'Сбросить' }).first().click();
  await expect(page.getByRole('row')).toHaveCount(31);
});

test('what cannot be undone wants its name typed', async ({ page }) => {
  await open(page, '/feedback');
  await page.getByRole('button', { name: 'Удалить лицензию' }).click();
  const dialog = page.getByRole('dialog', { name: 'Удалить лицензию WHMCS' });
  const confirm = dialog.getByRole('button', { name: 'Удалить лицензию' });
  await expect(confirm).toBeDisabled();
  expect(await faults(page)).toEqual([]);
  await dialog.getByRole('textbox').fill('example.ru');
  await confirm.click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('status').filter({ hasText: 'Лицензия удалена' })).toBeVisible();
});

test('Escape closes a dialog and gives the focus back', async ({ page }) => {
  await open(page, '/feedback');
  const opener = page.getByRole('button', { name: 'Окно' });
  await opener.click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(opener).toBeFocused();
});

test('a refusal stands beside its field, and the field takes the focus', async ({ page }) => {
  await open(page, '/forms');
  await page.getByRole('button', { name: /^Оплатить/ }).click();
  const domain = page.getByRole('textbox', { name: 'Домен' });
  await expect(domain).toBeFocused();
  await expect(domain).toHaveAccessibleDescription(/Значение не подходит/);
  await domain.fill('example.ru');
  await expect(domain).not.toHaveAttribute('aria-invalid');
});

test('a date is typed as people write it or picked from the month', async ({ page }) => {
  await open(page, '/forms');
  const start = page.getByRole('textbox', { name: 'Начало' });
  await expect(start).toHaveValue('03.04.2023');
  await page.getByRole('button', { name: 'Открыть календарь' }).click();
  await page.getByRole('button', { name: '17 апреля 2023' }).click();
  await expect(start).toHaveValue('17.04.2023');
  await start.fill('1.5.2023');
  await start.blur();
  await expect(start).toHaveValue('01.05.2023');
});

test('a screen with a defect says what happened and leaves the rest of the panel alive', async ({
  page,
}) => {
  await open(page, '/broken');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Страница не открылась');
  await page.getByRole('link', { name: 'Формы' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Формы');
  await expect(page.getByRole('main')).toBeFocused();
});

test('turning the page is a step that Back takes back', async ({ page }) => {
  await open(page, '/table', '?status=paid');
  await page.getByRole('button', { name: 'Дальше' }).click();
  await expect(page).toHaveURL(/status=paid&cursor=cursor-2/);
  await page.goBack();
  await expect(page).toHaveURL(/\?status=paid$/);
});

test('Ctrl-K jumps to a section by a part of its name', async ({ page }) => {
  await open(page, '');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('сооб');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 }).first()).toHaveText('Сообщения');
});

test('Ctrl-K looks for a thing in a section that can be searched', async ({ page }) => {
  await open(page, '/forms');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('вектор');
  await page.getByRole('option', { name: 'Искать «вектор»: Счета' }).click();
  await expect(page).toHaveURL(/\/table\?search=/);
  await expect(page.getByRole('row')).toHaveCount(11);
});

test('the theme chosen is kept, whatever the device says', async ({ page }) => {
  await open(page, '');
  await page.getByRole('button', { name: 'Оформление' }).click();
  await page.getByRole('menuitem', { name: 'Тёмное' }).click();
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('on a phone the rail opens over the page and closes with the next one', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, '');
  const link = page.getByRole('link', { name: 'Счета', exact: true });
  await expect(link).toBeHidden();
  await page.getByRole('banner').getByRole('button', { name: 'Меню' }).click();
  await link.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Счета');
  await expect(page.getByRole('link', { name: 'Формы' })).toBeHidden();
});
