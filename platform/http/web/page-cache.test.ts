import { expect, test } from 'vitest';
import { pageCache } from './page-cache.ts';

const html = 'x'.repeat(10_000);

test('pages that take too much room push out the one longest unused', async () => {
  const cache = pageCache(50_000);
  await cache.keep('/ru', html, {});
  await cache.keep('/ru/plans', html, {});
  cache.get('/ru');
  await cache.keep('/ru/faq', html, {});
  expect(cache.get('/ru/plans')).toBeUndefined();
  expect(cache.get('/ru')?.plain).toBe(html);
  expect(cache.get('/ru/faq')?.plain).toBe(html);
});

test('a page kept again takes its room once', async () => {
  const cache = pageCache(50_000);
  await cache.keep('/ru', html, {});
  for (let time = 0; time < 10; time += 1) await cache.keep('/ru/plans', html, {});
  expect(cache.get('/ru')?.plain).toBe(html);
});
