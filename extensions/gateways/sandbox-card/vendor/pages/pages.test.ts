import { expect, test } from 'vitest';
import { amountIn } from './amount.ts';
import { html } from './html.ts';
import { WORDS } from './words.ts';

test('amounts are exact beyond what a float can hold, in the payer’s own form', () => {
  expect(amountIn('ru', 754_849n, 'RUB')).toBe('7\u202f548,49\u202f₽');
  expect(amountIn('en', 754_849n, 'RUB')).toBe('₽7,548.49');
  expect(amountIn('en', 900_719_925_474_099_301n, 'USD')).toBe('$9,007,199,254,740,993.01');
  expect(amountIn('ru', 5n, 'JPY')).toBe('5\u202f¥');
  expect(amountIn('en', 1_234n, 'KWD').replace('\u202f', ' ')).toBe('KWD 1.234');
});

test('text is escaped where it is put in, and only once', () => {
  const evil = `<script>alert("x")</script>&'`;
  const inner = html`<b title="${evil}">${evil}</b>`;
  const escaped = '&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;&#39;';
  expect(html`<p>${inner}${[evil, null, false]}</p>`.markup).toBe(
    `<p><b title="${escaped}">${escaped}</b>${escaped}</p>`,
  );
});

test('both languages say everything', () => {
  const leaves = (value: object): string[] =>
    Object.entries(value).flatMap(([key, inner]) =>
      typeof inner === 'object' ? leaves(inner as object).map((leaf) => `${key}.${leaf}`) : [key],
    );
  expect(leaves(WORDS.ru)).toEqual(leaves(WORDS.en));
});
