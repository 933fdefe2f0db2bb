import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestRuntime } from '#test/harness/runtime.ts';
import type { TestRuntime } from '#test/harness/runtime.ts';
import { eachDue } from './agenda.ts';
import { outside } from './runtime.ts';

let test: TestRuntime;
beforeAll(async () => {
  test = await startTestRuntime();
});
afterAll(() => test.stop());

const run = (runDue: ReturnType<typeof eachDue>) =>
  runDue(outside(test.runtime, { kind: 'system', name: 'test' }));

it('what is due is worked on to its end, a batch at a time', async () => {
  const due = Array.from({ length: 250 }, (_, index) => `row-${index}`);
  const done: string[] = [];
  await run(
    eachDue(
      async (_ctx, limit) => due.filter((id) => !done.includes(id)).slice(0, limit),
      async (_outside, id) => void done.push(id),
    ),
  );
  expect(done).toEqual(due);
});

it('what stays due is worked on once a run, however many there are', async () => {
  const due = Array.from({ length: 150 }, (_, index) => ({ id: `row-${index}` }));
  const tried: string[] = [];
  await run(
    eachDue(
      async (_ctx, limit) => due.slice(0, limit),
      async (_outside, { id }) => void tried.push(id),
    ),
  );
  expect(new Set(tried).size).toBe(tried.length);
});
