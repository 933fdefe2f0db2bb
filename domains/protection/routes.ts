import { pageOf } from '#kit/page.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { serve } from '#platform/http/serve.ts';
import { ownSubscription } from '#domains/subscriptions/index.ts';
import { actOnFinding, readFindingBytes } from './act-on-finding.ts';
import { settleAlarm } from './alarm-store.ts';
import { protectionContract } from './contract.ts';
import { selectFindings } from './finding-store.ts';
import type { Finding } from './finding.ts';
import { guardedAccountsOf } from './guarded-account-store.ts';
import {
  addServer,
  changeRulePack,
  newJoinCode,
  revokeServer,
  wantRotation,
} from './join-server.ts';
import {
  changeAgent,
  changeDefault,
  changeEngine,
  changeGuarded,
  engineViews,
  pullNow,
  signOn,
} from './manage-nodes.ts';
import { accountsOfServer, orderServerScan } from './order-server-scan.ts';
import { saveResponse, selectDefaultMode, selectResponse } from './policy-store.ts';
import { checkNow } from './reputation/check-reputation.ts';
import { explainListing } from './reputation/explain-listing.ts';
import {
  changeAddresses,
  changeReputation,
  reputationView,
} from './reputation/manage-reputation.ts';
import { scansOf } from './scan-store.ts';
import {
  accountDetail,
  findingsCsv,
  listAccounts,
  listFindings,
  ruleReport,
  setAccountPolicy,
  staffFindingDetail,
} from './staff-protection.ts';
import { startScan } from './start-scan.ts';
import { guardedNodeViews } from './view-nodes.ts';
import { accountView, findingDetail, findingView, scanView, summaryOf } from './view-protection.ts';
import {
  ownFinding,
  ownGuarded,
  requireOperator,
  staffAccount,
  staffFinding,
  staffSellerIds,
} from './whose-protection.ts';

export const protectionRoutes = serve(protectionContract, {
  ofSubscription: async (ctx, { subscriptionId }) => {
    await ownSubscription(ctx, subscriptionId);
    return { items: (await guardedAccountsOf(ctx, subscriptionId)).map(accountView) };
  },
  account: async (ctx, { id }) => {
    const account = await ownGuarded(ctx, id);
    const [scan] = await scansOf(ctx, id, 1);
    return {
      account: account && accountView(account),
      scan: scan ? scanView(scan) : null,
    };
  },
  summary: async (ctx, { id }) => summaryOf(await ownGuarded(ctx, id)),
  findings: async (ctx, { id, limit, cursor }) => {
    await ownGuarded(ctx, id);
    const filter = { accountId: id, limit, ...(cursor && { cursor }) };
    const page = pageOf(await selectFindings(ctx, filter), limit, (finding) => finding.id);
    return { items: page.items.map(findingView), next: page.next };
  },
  scan: async (ctx, { id }) => scanView(await startScan(ctx, await ownGuarded(ctx, id))),
  finding: async (ctx, { id }) => findingDetail(ctx, await ownFinding(ctx, id)),
  bytes: {
    outside: (outside, { id, ...from }) =>
      readFindingBytes(outside, (ctx) => ownFinding(ctx, id), from),
  },
  restore: {
    outside: async (outside, { id }) => {
      const finding = await actOnFinding(outside, (ctx) => ownFinding(ctx, id), 'restore');
      return outside.transact((ctx) => findingDetail(ctx, finding));
    },
  },
  ignore: {
    outside: async (outside, { id }) => {
      const finding = await actOnFinding(outside, (ctx) => ownFinding(ctx, id), 'ignore');
      return outside.transact((ctx) => findingDetail(ctx, finding));
    },
  },
  admin: {
    accounts: {
      list: listAccounts,
      get: (ctx, { accountId }) => accountDetail(ctx, accountId),
      setPolicy: async (ctx, input) => {
        await setAccountPolicy(ctx, input);
        return {};
      },
      scan: async (ctx, { accountId }) =>
        scanView(await startScan(ctx, await staffAccount(ctx, accountId))),
    },
    findings: {
      list: listFindings,
      csv: findingsCsv,
      get: (ctx, { id }) => staffFindingDetail(ctx, id),
      bytes: {
        outside: (outside, { id, ...from }) =>
          readFindingBytes(outside, (ctx) => staffFinding(ctx, id), from),
      },
      restore: {
        outside: async (outside, { id }) => {
          return actedOn(
            await actOnFinding(outside, (ctx) => staffFinding(ctx, id), 'restore'),
            'restore',
          );
        },
      },
      ignore: {
        outside: async (outside, { id }) => {
          return actedOn(
            await actOnFinding(outside, (ctx) => staffFinding(ctx, id), 'ignore'),
            'ignore',
          );
        },
      },
    },
    rules: {
      list: ruleReport,
      settle: async (ctx, alarm) => {
        if (!(await settleAlarm(ctx, await staffSellerIds(ctx), alarm))) refuse('alarm-not-found');
        return {};
      },
    },
    response: {
      get: async (ctx) => ({ response: await selectResponse(ctx, ownSellerId(ctx)) }),
      set: async (ctx, { response }) => {
        await saveResponse(ctx, ownSellerId(ctx), response);
        return { response };
      },
    },
    nodes: {
      list: async (ctx) => {
        const defaultMode = await selectDefaultMode(ctx, ownSellerId(ctx));
        return { defaultMode, items: await guardedNodeViews(ctx) };
      },
      change: async (ctx, input) => {
        await changeGuarded(ctx, input);
        return {};
      },
      pull: { outside: (outside, { id }) => pullNow(outside, id) },
      setDefault: async (ctx, { mode }) => {
        await changeDefault(ctx, mode);
        return {};
      },
      install: { outside: (outside, { id }) => changeAgent(outside, id, 'install') },
      uninstall: { outside: (outside, { id }) => changeAgent(outside, id, 'uninstall') },
      signOn: { outside: (outside, { id }) => signOn(outside, id) },
      engines: engineViews,
      saveEngine: changeEngine,
    },
    servers: {
      add: (ctx, { name }) => addServer(ctx, { name }),
      addTo: (ctx, { id }) => addServer(ctx, { nodeId: id }),
      code: async (ctx, { id }) => ({ id, code: await newJoinCode(ctx, id) }),
      accounts: (ctx, { id }) => accountsOfServer(ctx, id),
      scan: async (ctx, input) => {
        await orderServerScan(ctx, input);
        return {};
      },
      rotate: async (ctx, { id }) => {
        await wantRotation(ctx, id);
        return {};
      },
      revoke: async (ctx, { id }) => {
        await revokeServer(ctx, id);
        return {};
      },
      saveRules: async (ctx, { pack }) => ({ version: await changeRulePack(ctx, pack) }),
    },
    reputation: {
      get: reputationView,
      explain: (ctx, { id }) => explainListing(ctx, id),
      check: {
        outside: async (outside) => {
          await outside.transact(requireOperator);
          await checkNow(outside);
          return outside.transact(reputationView);
        },
      },
      change: async (ctx, input) => {
        await changeReputation(ctx, input);
        return reputationView(ctx);
      },
      setAddresses: async (ctx, input) => {
        await changeAddresses(ctx, input);
        return reputationView(ctx);
      },
    },
  },
});

function ownSellerId({ actor }: Ctx): string {
  return actor.kind === 'staff' ? actor.sellerId : refuse('not-allowed');
}

const AIM = { restore: 'restored', ignore: 'ignored' } as const;

function actedOn({ state }: Finding, verb: keyof typeof AIM) {
  return { state, waiting: state !== AIM[verb] && state !== 'gone' };
}
