import { json } from 'node:stream/consumers';
import { rateCase } from '#domains/billing/rate-case.ts';

/**
 * `npm run -s rate -- < cases.json`: reads an array of cases, prints the array of their answers
 * (docs/guides/rate.md). Needs no database. Ends with 2 when the input is no JSON array.
 */
export async function rate(): Promise<void> {
  const cases = await json(process.stdin).catch(() => null);
  if (!Array.isArray(cases)) {
    console.error('Give a JSON array of cases on standard input.');
    process.exitCode = 2;
    return;
  }
  console.log(JSON.stringify(cases.map(rateCase), null, 2));
}
