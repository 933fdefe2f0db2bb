import { taxIdValidatorKind } from '#domains/clients/index.ts';
import { serverModuleKind } from '#domains/hosting/index.ts';
import { supplierKind } from '#domains/licences/index.ts';
import { gatewayKind, bankTransfer } from '#domains/payments/index.ts';
import { sandboxCard } from '#extensions/gateways/sandbox-card/sandbox-card.ts';
import { bareServer } from '#extensions/server-modules/bare-server/bare-server.ts';
import { embeddedNode } from '#extensions/server-modules/embedded-node/embedded-node.ts';
import { whmcsReseller } from '#extensions/suppliers/whmcs-reseller/whmcs-reseller.ts';
import { smtpTransport } from '#extensions/mail/smtp/smtp-transport.ts';
import { vies } from '#extensions/tax-ids/vies/vies.ts';
import { mailTransport } from '#domains/messages/index.ts';
import { webhookDoorKind } from '#domains/webhooks/index.ts';
import { protectionEngineKind } from '#domains/protection/index.ts';
import { monarx } from '#extensions/protection-engines/monarx/monarx.ts';
import { remoteGuard } from '#extensions/protection-engines/remote-guard/remote-guard.ts';
import { stoikaGuard } from '#extensions/protection-engines/stoika-guard/stoika-guard.ts';
import { realClock } from '#platform/clock.ts';
import type { Clock } from '#platform/clock.ts';
import type { Config } from '#platform/config.ts';
import type { Db } from '#platform/database/database.ts';
import { Extensions } from '#platform/extensions.ts';
import type { Log } from '#platform/log.ts';
import { createRuntime } from '#platform/runtime.ts';
import type { Runtime } from '#platform/runtime.ts';
import { SandboxClock } from '#platform/sandbox-clock.ts';
import { agenda, jobs, subscribers } from './domains.ts';

/** The vendors that this installation knows; which of them a brand uses is its settings' matter. */
export function installedExtensions(config: Config): Extensions {
  const extensions = new Extensions()
    .register(gatewayKind, bankTransfer)
    .register(supplierKind, whmcsReseller)
    .register(protectionEngineKind, stoikaGuard)
    .register(protectionEngineKind, monarx)
    .register(protectionEngineKind, remoteGuard)
    .register(serverModuleKind, bareServer)
    .register(webhookDoorKind, { id: 'webhooks', allowLoopback: config.webhooksLoopback });
  if (config.viesUrl) extensions.register(taxIdValidatorKind, vies({ url: config.viesUrl }));
  if (config.smtpUrl) extensions.register(mailTransport, smtpTransport(config.smtpUrl));
  if (!config.sandbox) return extensions;
  return extensions.register(gatewayKind, sandboxCard).register(serverModuleKind, embeddedNode);
}

/** A sandbox lives by the clock in its database, everything else by the machine's. */
async function clockOf(config: Config, db: Db): Promise<Clock> {
  if (!config.sandbox) return realClock;
  const clock = new SandboxClock(db);
  await clock.refresh();
  return clock;
}

/** The runtime of one process: all domains, on this database. */
export async function createProcess(
  config: Config,
  parts: { db: Db; databaseUrl: string; log: Log; secret: string },
): Promise<Runtime> {
  return createRuntime({
    ...parts,
    mode: config.mode,
    clock: await clockOf(config, parts.db),
    extensions: installedExtensions(config),
    subscribers,
    jobs,
    agenda,
  });
}
