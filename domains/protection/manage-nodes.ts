import { refuse } from '#kit/refusal.ts';
import { mergeSettings, settingsForm } from '#kit/settings-form.ts';
import type { SettingsValues } from '#kit/settings-form.ts';
import type { Ctx, Outside } from '#platform/context.ts';
import { nodesOfStaff } from '#domains/hosting/index.ts';
import { connectTo, answered, engineOf } from './connect-engine.ts';
import type {
  AgentState,
  EngineAnswer,
  EngineConnection,
  ProtectionEngine,
} from './protection-engine.ts';
import { protectionEngineKind } from './protection-engine.ts';
import { lockNode, updateNode, wakeNodes } from './guarded-node-store.ts';
import { saveDefaultMode, saveEngineSettings, selectEngineSettings } from './policy-store.ts';
import type { Mode } from './protection-words.ts';
import { syncNode } from './sync-node.ts';
import { guardedNodeView } from './view-nodes.ts';
import { requireOperator, staffNode } from './whose-protection.ts';

/** Which engine guards a node, and its mode. Refuses `engine-not-found`, `engine-unfit`. */
export async function changeGuarded(
  ctx: Ctx,
  {
    id,
    engineId,
    mode,
    outsideActs,
  }: { id: string; engineId: string; mode: Mode | null; outsideActs: boolean },
): Promise<void> {
  const node = await staffNode(ctx, id);
  if (!ctx.extension(protectionEngineKind, engineId)) {
    refuse('engine-not-found', { field: 'engineId' });
  }
  const connected = await connectTo(ctx, node, engineId);
  if (connected.kind !== 'connected') refuse('engine-unfit', { field: 'engineId' });
  const guarded = await lockNode(ctx, id);
  if (!guarded) refuse('node-not-found', { field: 'id' });
  const isOther = guarded.engineId !== engineId;
  await updateNode(ctx, {
    ...guarded,
    engineId,
    mode,
    outsideActs,
    // Each engine numbers its own events.
    ...(isOther && {
      cursor: 0,
      policyApplied: null,
      policyAppliedAt: null,
      metrics: null,
      sources: [],
    }),
  });
  await wakeNodes(ctx, [id]);
}

/** The mode of nodes that have none of their own, for the staff's seller. */
export async function changeDefault(ctx: Ctx, mode: Mode): Promise<void> {
  if (ctx.actor.kind !== 'staff') refuse('not-allowed');
  const { sellerId } = ctx.actor;
  await saveDefaultMode(ctx, sellerId, mode);
  const own = (await nodesOfStaff(ctx)).filter(({ node }) => node.sellerId === sellerId);
  await wakeNodes(
    ctx,
    own.map(({ node }) => node.id),
  );
}

/** One visit to a node now, and how it stands afterwards. */
export async function pullNow(outside: Outside, id: string) {
  await outside.transact(async (ctx) => {
    await staffNode(ctx, id);
    await wakeNodes(ctx, [id]);
  });
  await syncNode(outside, id);
  return viewAfter(outside, id);
}

/** Puts a vendor's agent on a node or takes it off; asked again, it tells how far that is. */
export async function changeAgent(outside: Outside, id: string, verb: 'install' | 'uninstall') {
  const { state } = await askAgent(outside, id, (engine) => engine[verb]());
  await outside.transact(async (ctx) => {
    const guarded = await lockNode(ctx, id);
    if (guarded) await updateNode(ctx, { ...guarded, agentState: state });
  });
  return viewAfter(outside, id);
}

/** A link into the vendor's console for whoever asks. */
export async function signOn(outside: Outside, id: string): Promise<{ url: string }> {
  const engine = await outside.transact(async (ctx) => {
    await staffNode(ctx, id);
    return engineOf(ctx, id, 'signOn');
  });
  return answered(await engine.signOn(null));
}

async function askAgent(
  outside: Outside,
  id: string,
  ask: (engine: EngineConnection) => Promise<EngineAnswer<AgentState>>,
): Promise<AgentState> {
  const engine = await outside.transact(async (ctx) => {
    await staffNode(ctx, id);
    return engineOf(ctx, id, 'install');
  });
  return answered(await ask(engine));
}

function viewAfter(outside: Outside, id: string) {
  return outside.transact(async (ctx) => guardedNodeView(ctx, await staffNode(ctx, id)));
}

/** Every engine that is installed, with our account there as a form without its secrets. */
export async function engineViews(ctx: Ctx) {
  await requireOperator(ctx);
  const views = [];
  for (const engine of ctx.extensions(protectionEngineKind)) views.push(await viewOf(ctx, engine));
  return { items: views };
}

async function viewOf(ctx: Ctx, engine: ProtectionEngine) {
  const stored = await selectEngineSettings(ctx, engine.id);
  return {
    engineId: engine.id,
    title: engine.title,
    saved: stored !== null,
    form: settingsForm(engine.settings, stored),
  };
}

export async function changeEngine(
  ctx: Ctx,
  { engineId, values }: { engineId: string; values: SettingsValues },
) {
  await requireOperator(ctx);
  const engine = ctx.extension(protectionEngineKind, engineId);
  if (!engine) refuse('engine-not-found', { field: 'engineId' });
  const stored = await selectEngineSettings(ctx, engineId);
  const merged = mergeSettings(engine.settings, stored, values);
  if (merged.kind === 'refused') {
    refuse('settings-value-invalid', { field: `values.${merged.field}` });
  }
  await saveEngineSettings(ctx, engineId, merged.settings);
  return viewOf(ctx, engine);
}
