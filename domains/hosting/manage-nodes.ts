import type { z } from 'zod';
import { refuse } from '#kit/refusal.ts';
import { mergeSettings, settingsForm } from '#kit/settings-form.ts';
import type { SettingsValues } from '#kit/settings-form.ts';
import type { Ctx, Outside } from '#platform/context.ts';
import { findSeller, sellersWithin } from '#domains/sellers/index.ts';
import { connectTo, serverModuleKind } from './connect-node.ts';
import type { staffContract } from './contract/staff-contract.ts';
import type { Node, NodeLoad } from './node.ts';
import { selectNodeByName, selectNodeLoads, upsertNode } from './node-store.ts';
import type { ServerModule } from './server-module.ts';

const SELLERS_MAX = 10_000;

type InputOf<K extends 'create' | 'change'> = z.output<
  NonNullable<(typeof staffContract)['nodes'][K]['~orpc']['inputSchema']>
>;

/** Nodes of the staff's seller and of those below it; a reseller's staff see none above. */
export async function nodesOfStaff(ctx: Ctx): Promise<NodeLoad[]> {
  if (ctx.actor.kind !== 'staff') refuse('not-allowed');
  const sellers = await sellersWithin(ctx, ctx.actor.sellerId, SELLERS_MAX);
  return selectNodeLoads(
    ctx,
    sellers.map(({ id }) => id),
  );
}

async function staffNode(ctx: Ctx, id: string): Promise<NodeLoad> {
  const found = (await nodesOfStaff(ctx)).find(({ node }) => node.id === id);
  return found ?? refuse('node-not-found', { field: 'id' });
}

export async function listNodes(ctx: Ctx) {
  const loads = await nodesOfStaff(ctx);
  return { items: loads.map((load) => nodeView(ctx, load)) };
}

export async function nodeDetail(ctx: Ctx, id: string) {
  const load = await staffNode(ctx, id);
  const module = ctx.extension(serverModuleKind, load.node.moduleId);
  const settings = module
    ? settingsForm(module.settings, load.node.settings)
    : { fields: [], values: {}, secretsSet: [] };
  return { ...nodeView(ctx, load), settings };
}

export function listModules(ctx: Ctx) {
  const items = ctx.extensions(serverModuleKind).map((module) => ({
    id: module.id,
    title: module.title,
    settings: settingsForm(module.settings, {}),
  }));
  return Promise.resolve({ items });
}

/** Whether a node answers, asked now. */
export async function nodeStatus(outside: Outside, id: string) {
  const { node } = await outside.transact((ctx) => staffNode(ctx, id));
  const connected = connectTo(outside, node);
  const answer = connected.kind === 'connected' ? await connected.server.status() : connected;
  if (answer.kind === 'ok') return { answers: true, message: null, ...answer.value };
  const { message } = answer;
  const unknown = { packages: null, accounts: null, addressesFree: null, notes: [] };
  return { answers: false, message, ...unknown };
}

export async function createNode(ctx: Ctx, { moduleId, values, ...input }: InputOf<'create'>) {
  if (ctx.actor.kind !== 'staff') refuse('not-allowed');
  const seller = await findSeller(ctx, ctx.actor.sellerId);
  if (!seller) throw new Error(`seller ${ctx.actor.sellerId} is gone`);
  const module = installedModule(ctx, moduleId);
  await refuseTakenName(ctx, seller.id, input.name, null);
  const node: Node = {
    ...input,
    id: ctx.newId('nod', seller.branch),
    sellerId: seller.id,
    moduleId,
    settings: settingsAfter(module, {}, values),
    createdAt: ctx.now,
  };
  await upsertNode(ctx, node);
  return nodeView(ctx, { node, packages: 0 });
}

export async function changeNode(ctx: Ctx, { id, values, ...input }: InputOf<'change'>) {
  const { node: before, packages } = await staffNode(ctx, id);
  const module = installedModule(ctx, before.moduleId);
  await refuseTakenName(ctx, before.sellerId, input.name, id);
  const settings = settingsAfter(module, before.settings, values);
  const node: Node = { ...before, ...input, settings };
  await upsertNode(ctx, node);
  return nodeView(ctx, { node, packages });
}

function installedModule(ctx: Ctx, moduleId: string): ServerModule {
  const module = ctx.extension(serverModuleKind, moduleId);
  return module ?? refuse('server-module-unknown', { field: 'moduleId' });
}

function settingsAfter(module: ServerModule, before: unknown, values: SettingsValues): unknown {
  const merged = mergeSettings(module.settings, before, values);
  if (merged.kind === 'fits') return merged.settings;
  refuse('settings-value-invalid', { field: `values.${merged.field}` });
}

async function refuseTakenName(
  ctx: Ctx,
  sellerId: string,
  name: string,
  own: string | null,
): Promise<void> {
  const other = await selectNodeByName(ctx, sellerId, name);
  if (other && other.id !== own) refuse('node-name-taken', { field: 'name' });
}

function nodeView(ctx: Ctx, { node, packages }: NodeLoad) {
  const module = ctx.extension(serverModuleKind, node.moduleId);
  return {
    id: node.id,
    sellerId: node.sellerId,
    name: node.name,
    moduleId: node.moduleId,
    moduleTitle: module?.title ?? { ru: node.moduleId, en: node.moduleId },
    state: node.state,
    capacity: node.capacity,
    packages,
    createdAt: node.createdAt.toString(),
  };
}
