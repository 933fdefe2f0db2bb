// npm run screens [words]: pictures of the main screens into docs/screens, or only of those whose
// names contain one of the words.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { startApp } from '#test/browser/app-instance.ts';
import { callApi } from '#test/browser/call-api.ts';
import { fillPattern } from '#test/browser/route-ids.ts';
import { settled } from '#test/browser/settled.ts';
import { LOCALES, type Locale } from '#web/texts.ts';
import { findChromium } from '../bootstrap/find-chromium.mjs';
import { palettePng } from './palette-png.ts';
import { buyLicence, gatherPeople, moveClock, type People } from './people.ts';
import { shots, shotsBefore, type Shot } from './shots.ts';
import { setStage } from './stage.ts';

const FOLDER = resolve(import.meta.dirname, '../../docs/screens');
/** After the change of 3 April 2023, with a renewal that awaits its payment. */
const TODAY = '2023-04-04';
/** So long Irina has her package already when she thinks of a licence. */
const LATER_DAYS = 12;
/** A frame within a page draws itself after the page does when the window changes. */
const REDRAWN_MS = 250;
const DEVICES = [
  { name: 'desktop', width: 1280, height: 800, heightMax: 1300, scale: 1 },
  { name: 'phone', width: 390, height: 844, heightMax: 1700, scale: 1.5 },
] as const;
/** Dates as the seller's country has them. */
const ZONE = 'Europe/Moscow';

type Device = (typeof DEVICES)[number];
type View = { browser: Browser; people: People; origin: string; locale: Locale; device: Device };

const words = process.argv.slice(2);
const wanted = ({ name }: Shot) => words.length === 0 || words.some((word) => name.includes(word));
const app = await startApp({ today: TODAY });
const browser = await chromium.launch({
  executablePath: findChromium() ?? '',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  mkdirSync(FOLDER, { recursive: true });
  const { origin } = app;
  const people = await gatherPeople(browser, app);
  await moveClock(people, origin, LATER_DAYS);
  await setStage(people, app);
  const all = { browser, people, origin };
  await takeAll(all, shotsBefore.filter(wanted));
  const address = await fillPattern(people.irina, origin, {
    panel: 'client',
    pattern: '$subscriptionId',
  });
  await buyLicence(people, origin, address.replace(origin, ''));
  await takeAll(all, shots.filter(wanted));
} finally {
  await browser.close();
  await app.stop();
}

async function takeAll(
  all: Pick<View, 'browser' | 'people' | 'origin'>,
  list: readonly Shot[],
): Promise<void> {
  for (const locale of LOCALES) {
    for (const who of ['irina', 'vera', 'staff'] as const) {
      const person = `${all.origin}/v1/person`;
      await callApi(all.people[who], person, { method: 'PATCH', body: { language: locale } });
    }
    for (const device of DEVICES) {
      for (const shot of list) {
        try {
          await take({ ...all, locale, device }, shot);
        } catch (error) {
          console.error(`${shot.name}: ${String(error)}`);
          process.exitCode = 1; // the other pictures are taken all the same
        }
      }
    }
  }
}

async function take(view: View, shot: Shot): Promise<void> {
  const { browser: chrome, people, origin, locale, device } = view;
  const person = people[shot.who];
  const pattern = shot.at.replace('$locale', locale);
  const panel = shot.who === 'staff' ? 'admin' : 'client';
  const address = await fillPattern(person, origin, { panel, pattern });
  const context = await chrome.newContext({
    storageState: await person.storageState(),
    viewport: { width: device.width, height: device.height },
    deviceScaleFactor: device.scale,
    timezoneId: ZONE,
    locale,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(address);
  await settled(page);
  if (shot.act) {
    await shot.act(page);
    await settled(page);
  }
  const file = `${shot.name}.${locale}.${device.name}.png`;
  const picture = palettePng(await photograph(page, device, shot.act === undefined));
  writeFileSync(join(FOLDER, file), picture);
  console.log(`${file} ${Math.round(picture.length / 1024)} KB`);
  await context.close();
}

/** The page to a reasonable length, or the window alone where a dialog stands in it. */
async function photograph(page: Page, device: Device, whole: boolean): Promise<Buffer> {
  if (!whole) return page.screenshot({ animations: 'disabled' });
  const { width, heightMax, height } = device;
  const full = await page.evaluate<number>('document.documentElement.scrollHeight');
  await page.setViewportSize({ width, height: Math.max(height, Math.min(full, heightMax)) });
  await page.waitForTimeout(REDRAWN_MS);
  return page.screenshot();
}
