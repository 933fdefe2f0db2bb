import { type BrowserContext, expect, test } from '@playwright/test';
import { adminRoutes } from '../../web/admin/admin-routes.ts';
import { clientRoutes } from '../../web/client/client-routes.ts';
import { storeRoutes } from '../../web/store/routes.ts';
import { LOCALES, type Locale } from '../../web/texts.ts';
import { type AppInstance, startApp } from './app-instance.ts';
import { addWebhook } from './add-webhook.ts';
import { callApi } from './call-api.ts';
import { dropWebShell } from './drop-web-shell.ts';
import { axeFaults, overflow, rawWords } from './page-faults.ts';
import { fillPattern, type Panel } from './route-ids.ts';
import { settled } from './settled.ts';
import { signIn } from './sign-in.ts';

/*
 * Every screen of every routes table, in both languages, on a desk and on a phone: it says nothing
 * to the console, has one heading of the first level, nothing sticks out of it, and axe holds
 * nothing serious against it. Each language is judged by axe on one device and in one theme, for
 * what axe sees does not hang on the language: Russian on a light desk, English on a dark phone.
 * Dark colours are judged component by component in ui.browser.ts; here that would take half the run.
 */
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const AXE_DEVICE = { ru: DESK, en: PHONE };
const AXE_WITHOUT = { ru: [], en: ['color-contrast'] };
const LOGINS: Readonly<Record<Panel, string>> = {
  client: 'vera@example.test',
  admin: 'owner@stoika.test',
};
const PANELS = { client: clientRoutes, admin: adminRoutes };
const IN_STORE: Readonly<Record<string, string>> = {
  productId: 'reseller-hosting-linux',
  planId: 'linux-grow',
  termMonths: '12',
};

// Each walk by itself, with a Stoika of its own where there is a worker to spare.
test.describe.configure({ mode: 'parallel' });
test.setTimeout(600_000);

let app: AppInstance;

test.beforeAll(async () => {
  app = await startApp();
  await dropWebShell(app, LOGINS.client, 'found.php');
});
test.afterAll(() => app.stop());

for (const locale of LOCALES) {
  test(`every page of the store is without fault (${locale})`, async ({ browser }) => {
    const context = await browser.newContext();
    const addresses = storeRoutes.map(({ path }) =>
      path.pattern.replaceAll(/\$(\w+)/g, (_, name: string) =>
        name === 'locale' ? locale : (IN_STORE[name] ?? name),
      ),
    );
    await walk(
      context,
      locale,
      addresses.map((address) => app.origin + address),
    );
    await context.close();
  });

  for (const panel of ['client', 'admin'] as const) {
    test(`every screen of the panel is without fault (${panel}, ${locale})`, async ({
      browser,
    }) => {
      const context = await browser.newContext();
      const page = await context.newPage();
      await signIn(page, app, LOGINS[panel]);
      await page.close();
      await callApi(context, `${app.origin}/v1/person`, {
        method: 'PATCH',
        body: { language: locale },
      });
      if (panel === 'admin') await draftChange(context);
      await addWebhook(context, app.origin, panel);
      const addresses: string[] = [];
      for (const { path } of PANELS[panel]) {
        addresses.push(await fillPattern(context, app.origin, { panel, pattern: path.pattern }));
      }
      await walk(context, locale, addresses);
      await context.close();
    });
  }
}

/** So that there is one that can be edited. */
async function draftChange(context: BrowserContext): Promise<void> {
  await callApi(context, `${app.origin}/v1/admin/catalogue/editions`, {
    method: 'POST',
    body: {
      title: 'Осенний прайс-лист',
      effectiveOn: '2023-09-01',
      existingOn: null,
      noticeDays: 30,
      prices: [],
      inclusions: [],
    },
  });
}

async function walk(
  context: BrowserContext,
  locale: Locale,
  addresses: readonly string[],
): Promise<void> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.emulateMedia({ colorScheme: locale === 'ru' ? 'light' : 'dark' });
  for (const address of addresses) {
    const { pathname } = new URL(address);
    await page.setViewportSize(DESK);
    await page.goto(address);
    await settled(page);
    await expect.soft(page.getByRole('heading', { level: 1 }), pathname).toHaveCount(1);
    expect.soft(await rawWords(page), pathname).toEqual([]);
    for (const device of [DESK, PHONE]) {
      const where = `${pathname}, ${device.width} px`;
      await page.setViewportSize(device);
      expect.soft(await overflow(page), where).toBe('fits');
      if (device === AXE_DEVICE[locale]) {
        expect.soft(await axeFaults(page, AXE_WITHOUT[locale]), where).toEqual([]);
      }
    }
    expect.soft(complaints.splice(0), pathname).toEqual([]);
  }
  await page.close();
}
