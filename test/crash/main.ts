import { runCrashTest } from './run-crash-test.ts';

const [kills = '120', seed = String(Date.now())] = process.argv.slice(2);
console.log(`${kills} kills with -9, seed ${seed}`);
const startedAt = performance.now();
const report = await runCrashTest({
  count: Number(kills),
  lives: [1, 200],
  withinMs: 60 * 60 * 1000,
  clients: 9,
  seed: Number(seed),
  settleWithinMs: 180_000,
  onKill: (killed) => {
    if (killed % 10 === 0) console.log(`${killed} …`);
  },
});
const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
const slowest = Math.max(...report.startsMs).toFixed(0);
console.log(`killed ${report.killed} times in ${minutes} minutes; slowest start ${slowest} ms`);
console.log(`requests sent again: ${report.repeats}`);
for (const [what, times] of Object.entries(report.doings)) console.log(`  ${what}: ${times}`);
for (const [what, count] of Object.entries(report.leftToStaff)) console.log(`  ${what}: ${count}`);
for (const [what, count] of Object.entries(report.unsettled)) console.log(`OPEN ${what}: ${count}`);
for (const problem of report.wrong) console.log(`BAD  ${problem}`);
if (report.wrong.length + Object.keys(report.unsettled).length > 0) process.exitCode = 1;
else console.log('nothing was lost, nothing was done twice');
