import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import type { NodeContext } from '../node-context.ts';
import { accept, refuse } from '../refusal.ts';
import { assignAddress, freeAddresses, releaseAddress } from '../packages/addresses.ts';
import {
  changeLimits,
  suspendPackage,
  terminatePackage,
  unsuspendPackage,
} from '../packages/change-package.ts';
import { createPackage } from '../packages/create-package.ts';
import { packageUsage } from '../packages/report-usage.ts';
import { findPackage, viewPackage } from '../packages/views.ts';
import { accountRoutes } from './account-routes.ts';
import { checkToken } from './check-token.ts';
import {
  addressParams,
  limitsBody,
  packageBody,
  packageParams,
  suspensionBody,
} from './contract.ts';
import { fileRoutes } from './file-routes.ts';
import { guardRoutes } from './guard-routes.ts';
import { smallBody, withBody, withParams } from './read-input.ts';
import { reply } from './reply.ts';

export type NodeStatus = {
  php: 'available' | 'missing' | 'off';
  processes: () => number;
  startedAt: string;
};

/** The control API. Whoever holds the token may do everything; it listens on loopback only. */
export function controlApp(node: NodeContext, status: NodeStatus): Hono {
  const app = new Hono();
  const isAllowed = checkToken(node.options.controlToken);
  app.use(async (c, next) => {
    if (isAllowed(c.req.header('authorization'))) return next();
    c.header('www-authenticate', 'Bearer');
    return reply(c, refuse('token-rejected', 'Send the token of this node.'));
  });
  app.onError((error, c) => {
    const errorId = randomUUID();
    node.log.error({ error, errorId }, 'a control request failed');
    return c.json({ code: 'unexpected', message: `Something broke; quote ${errorId}.` }, 500);
  });
  app.notFound((c) => c.json({ code: 'no-such-operation', message: 'Look into the README.' }, 404));
  app.get('/v1/status', (c) => reply(c, accept(viewStatus(node, status))));
  app.route('/v1/packages', fileRoutes(node));
  app.route('/v1/guard', guardRoutes(node));
  app.use(smallBody);
  app.route('/v1/packages', packageRoutes(node));
  app.route('/v1/packages', accountRoutes(node));
  return app;
}

function packageRoutes(node: NodeContext): Hono {
  const app = new Hono();
  const one = withParams(packageParams);
  app.put('/:packageRef', one, withBody(packageBody), async (c) => {
    const { packageRef } = c.var.params;
    return reply(c, await createPackage(node, packageRef, c.var.body));
  });
  app.get('/:packageRef', one, (c) => {
    const found = findPackage(node, c.var.params.packageRef);
    return reply(c, found.ok ? accept(viewPackage(node, found.value)) : found);
  });
  app.delete('/:packageRef', one, async (c) =>
    reply(c, await terminatePackage(node, c.var.params.packageRef)),
  );
  app.put('/:packageRef/limits', one, withBody(limitsBody), async (c) =>
    reply(c, await changeLimits(node, c.var.params.packageRef, c.var.body)),
  );
  app.put('/:packageRef/suspension', one, withBody(suspensionBody), async (c) =>
    reply(c, await suspendPackage(node, c.var.params.packageRef, c.var.body.reason)),
  );
  app.delete('/:packageRef/suspension', one, async (c) =>
    reply(c, await unsuspendPackage(node, c.var.params.packageRef)),
  );
  app.get('/:packageRef/usage', one, async (c) =>
    reply(c, await packageUsage(node, c.var.params.packageRef)),
  );
  const address = withParams(addressParams);
  app.put('/:packageRef/addresses/:addressRef', address, async (c) => {
    const { packageRef, addressRef } = c.var.params;
    return reply(c, await assignAddress(node, packageRef, addressRef));
  });
  app.delete('/:packageRef/addresses/:addressRef', address, async (c) => {
    const { packageRef, addressRef } = c.var.params;
    return reply(c, await releaseAddress(node, packageRef, addressRef));
  });
  return app;
}

function viewStatus(node: NodeContext, status: NodeStatus) {
  const { store, options } = node;
  return {
    packages: [...store.packages.values()].filter((record) => !record.terminatedAt).length,
    accounts: [...store.accounts.values()].filter((record) => !record.deletedAt).length,
    processes: status.processes(),
    php: status.php,
    webPort: node.webPort(),
    addressesTotal: options.addressPool.length,
    addressesFree: freeAddresses(node).length,
    startedAt: status.startedAt,
  };
}
