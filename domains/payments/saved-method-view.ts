import type { SavedMethod } from './saved-method.ts';
import type { SavedMethodWire, StaffMethodWire } from './saved-method-contract.ts';

/** A saved card as its owner sees it. */
export function methodView(method: SavedMethod): SavedMethodWire {
  return { ...common(method), state: method.state === 'failed' ? 'failed' : 'usable' };
}

/** The same for staff, who also see what was removed. */
export function staffMethodView(method: SavedMethod & { isForgotten: boolean }): StaffMethodWire {
  const { state, removedAt, isForgotten } = method;
  return {
    ...common(method),
    state,
    removedAt: removedAt?.toString() ?? null,
    forgotten: isForgotten,
  };
}

function common(method: SavedMethod) {
  return {
    id: method.id,
    gatewayId: method.gatewayId,
    brand: method.cardBrand,
    last4: method.last4,
    expires: method.expires,
    isDefault: method.isDefault,
    failureCode: method.failureCode,
    savedAt: method.savedAt.toString(),
  };
}
