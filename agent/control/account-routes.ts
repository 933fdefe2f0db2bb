import { Hono } from 'hono';
import type { NodeContext } from '../node-context.ts';
import { createAccount } from '../packages/create-account.ts';
import { deleteAccount } from '../packages/delete-account.ts';
import { accountUsage } from '../packages/report-usage.ts';
import { suspendAccount } from '../packages/suspend-account.ts';
import { findAccount, findPackage, liveAccounts, viewAccount } from '../packages/views.ts';
import { accept } from '../refusal.ts';
import { accountBody, accountParams, packageParams, suspensionBody } from './contract.ts';
import { withBody, withParams } from './read-input.ts';
import { reply } from './reply.ts';

/** Hosting accounts inside a package. */
export function accountRoutes(node: NodeContext): Hono {
  const app = new Hono();
  const one = withParams(accountParams);
  const path = '/:packageRef/accounts/:accountRef';
  app.get('/:packageRef/accounts', withParams(packageParams), (c) => {
    const found = findPackage(node, c.var.params.packageRef);
    if (!found.ok) return reply(c, found);
    const accounts = liveAccounts(node, found.value.ref);
    return reply(c, accept({ accounts: accounts.map((account) => viewAccount(node, account)) }));
  });
  app.put(path, one, withBody(accountBody), async (c) => {
    const { packageRef, accountRef } = c.var.params;
    return reply(c, await createAccount(node, packageRef, accountRef, c.var.body));
  });
  app.get(path, one, (c) => {
    const found = findAccount(node, c.var.params.packageRef, c.var.params.accountRef);
    return reply(c, found.ok ? accept(viewAccount(node, found.value)) : found);
  });
  app.delete(path, one, async (c) => {
    const { packageRef, accountRef } = c.var.params;
    return reply(c, await deleteAccount(node, packageRef, accountRef));
  });
  app.put(`${path}/suspension`, one, withBody(suspensionBody), async (c) => {
    const { packageRef, accountRef } = c.var.params;
    return reply(c, await suspendAccount(node, packageRef, accountRef, c.var.body.reason));
  });
  app.delete(`${path}/suspension`, one, async (c) => {
    const { packageRef, accountRef } = c.var.params;
    return reply(c, await suspendAccount(node, packageRef, accountRef, null));
  });
  app.get(`${path}/usage`, one, async (c) => {
    const { packageRef, accountRef } = c.var.params;
    return reply(c, await accountUsage(node, packageRef, accountRef));
  });
  return app;
}
