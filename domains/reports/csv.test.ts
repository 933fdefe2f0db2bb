import { describe, expect, it } from 'vitest';
import { money } from '#kit/money.ts';
import { csvText } from './csv.ts';

const row = (cell: string) => csvText([[cell]], 'en').slice(1, -2);

describe('a file for a spreadsheet', () => {
  it('speaks the separators and decimals of its language, after a byte order mark', () => {
    const rows = [
      ['Клиент', 'Сумма'],
      ['ООО «Снег; лёд»', money(-1_234_05n, 'RUB')],
    ];
    expect(csvText(rows, 'ru')).toBe('\ufeffКлиент;Сумма\r\n"ООО «Снег; лёд»";-1234,05\r\n');
    expect(csvText(rows, 'en')).toBe('\ufeffКлиент,Сумма\r\nООО «Снег; лёд»,-1234.05\r\n');
  });

  it.each(['=1+1', '+7 900', '-2', '@SUM(A1)', '\tx', '\r=x', '=HYPERLINK("http://evil")'])(
    'never lets “%s” be run as a formula',
    (text) => {
      expect(row(text)).toMatch(/^"?'/);
    },
  );

  it('leaves ordinary text alone and doubles quotes', () => {
    expect(row('INV-2023-000001')).toBe('INV-2023-000001');
    expect(row('a "b"')).toBe('"a ""b"""');
  });
});
