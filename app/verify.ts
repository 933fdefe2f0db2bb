import { verifyBilling } from '#domains/billing/index.ts';
import { verifyHosting } from '#domains/hosting/index.ts';
import { verifyLedger } from '#domains/ledger/index.ts';
import { verifyLicences } from '#domains/licences/index.ts';
import { verifyMessages } from '#domains/messages/index.ts';
import { verifyOrders } from '#domains/orders/index.ts';
import { verifyPayments } from '#domains/payments/index.ts';
import { verifyProtection } from '#domains/protection/index.ts';
import { verifySubscriptions } from '#domains/subscriptions/index.ts';
import { verifySupport } from '#domains/support/index.ts';
import { verifyWebhooks } from '#domains/webhooks/index.ts';
import { readConfig } from '#platform/config.ts';
import type { Ctx } from '#platform/context.ts';
import { createLog } from '#platform/log.ts';
import { stopRuntime, transact } from '#platform/runtime.ts';
import type { Finding } from '#platform/verify.ts';
import { createProcess } from './create-process.ts';
import { openDatabaseOf } from './open-database-of.ts';
import { readSecret } from './read-secret.ts';
import { verifyJobs } from './verify-jobs.ts';

const CHECKS: readonly ((ctx: Ctx) => Promise<Finding[]>)[] = [
  verifyLedger,
  verifyBilling,
  verifyPayments,
  verifySubscriptions,
  verifyOrders,
  verifyLicences,
  verifyHosting,
  verifyProtection,
  verifySupport,
  verifyWebhooks,
  verifyMessages,
  verifyJobs,
];

/** Every check of the installation, each with what it found wrong. */
export async function findings(ctx: Ctx): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const check of CHECKS) found.push(...(await check(ctx)));
  return found;
}

/** `npm run verify`: prints the checks; ends with 1 when any of them found something. */
export async function verify(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const database = await openDatabaseOf(config, log);
  const secret = await readSecret(config);
  const runtime = await createProcess(config, {
    ...database,
    databaseUrl: database.url,
    log,
    secret,
  });
  const found = await transact(runtime, { kind: 'system', name: 'verify' }, findings);
  for (const { name, problems } of found) {
    console.log(`${problems.length === 0 ? 'ok  ' : 'BAD '} ${name}`);
    for (const problem of problems) console.log(`       ${problem}`);
  }
  if (found.some(({ problems }) => problems.length > 0)) process.exitCode = 1;
  await stopRuntime(runtime);
  await database.close();
}
