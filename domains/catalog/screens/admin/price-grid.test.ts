import { describe, expect, it } from 'vitest';
import { TERMS } from '#kit/term.ts';
import { cellKey, cellsOf, changedRows, fallback, faultyCells, minorOf } from './price-grid.ts';
import type { Ladder, Row } from './price-grid.ts';

const PRO: Ladder = { audience: 'clients', item: { kind: 'plan', id: 'pro' } };
const IP: Ladder = { audience: 'clients', item: { kind: 'component', id: 'ip' } };

function rows(ladder: Ladder, monthly: readonly number[], action: Row['action'] = 'add'): Row[] {
  return monthly.map((rubles, index) => ({
    ...ladder,
    action,
    termMonths: TERMS[index] ?? 1,
    currency: 'RUB',
    monthlyMinor: rubles * 100,
  }));
}

const key = (ladder: Ladder, action: Row['action'], termMonths: Row['termMonths']) =>
  cellKey({ ...ladder, action, termMonths });

describe('the grid of prices', () => {
  const flat = rows(IP, [250, 250, 250, 250, 250, 250]);
  const falling = rows(PRO, [300, 280, 280, 240, 240, 200]);

  it('shows a price once, where it begins', () => {
    expect(cellsOf(flat)).toEqual({ [key(IP, 'add', 1)]: '250' });
    expect(cellsOf(falling)).toEqual({
      [key(PRO, 'add', 1)]: '300',
      [key(PRO, 'add', 3)]: '280',
      [key(PRO, 'add', 12)]: '240',
      [key(PRO, 'add', 36)]: '200',
    });
  });

  it('shows renewal prices only where they differ from purchases', () => {
    const same = [...falling, ...rows(PRO, [300, 280, 280, 240, 240, 200], 'renew')];
    expect(cellsOf(same)).toEqual(cellsOf(falling));
    const dearer = cellsOf([...flat, ...rows(IP, [250, 250, 250, 260, 260, 260], 'renew')]);
    expect(dearer).toEqual({ [key(IP, 'add', 1)]: '250', [key(IP, 'renew', 12)]: '260' });
  });

  it('says what a blank cell means', () => {
    const cells = cellsOf(falling);
    expect(fallback(cells, { ...PRO, action: 'add', termMonths: 24 })).toBe('240');
    expect(fallback(cells, { ...PRO, action: 'renew', termMonths: 36 })).toBe('200');
    expect(fallback({}, { ...PRO, action: 'renew', termMonths: 36 })).toBe('');
  });

  it('gives back nothing when nothing was changed', () => {
    const cells = cellsOf([...flat, ...falling]);
    expect(changedRows(cells, cells, [PRO, IP], 'RUB')).toEqual([]);
  });

  it('gives back the whole ladder of an item that was changed, and no other', () => {
    const before = cellsOf([...flat, ...falling]);
    const after = { ...before, [key(IP, 'add', 1)]: '260,50' };
    expect(changedRows(before, after, [PRO, IP], 'RUB')).toEqual([
      { ...IP, action: 'add', termMonths: 1, currency: 'RUB', monthlyMinor: 26_050 },
    ]);
    const later = { ...before, [key(PRO, 'add', 24)]: '230' };
    const changed = changedRows(before, later, [PRO, IP], 'RUB');
    expect(changed.map((row) => [row.termMonths, row.monthlyMinor])).toEqual([
      [1, 30_000],
      [3, 28_000],
      [12, 24_000],
      [24, 23_000],
      [36, 20_000],
    ]);
  });

  it('reads amounts as people type them and names what is none', () => {
    expect(minorOf('1 290,5', 'RUB')).toBe(129_050);
    expect(minorOf('0', 'RUB')).toBe(0);
    expect(minorOf('-1', 'RUB')).toBeNull();
    expect(minorOf('1.005', 'RUB')).toBeNull();
    expect(faultyCells({ a: '12', b: 'x', c: ' ' }, 'RUB')).toEqual(['b']);
  });
});
