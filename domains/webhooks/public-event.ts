import type { EventType } from '#platform/events.ts';
import type { WebhookEvent } from './webhook-words.ts';

/** Plain facts as receivers get them. */
export type EventData = Record<string, unknown>;

/** Whose a fact is: a client's, or a seller's alone. */
export type Concern = { clientId: string } | { sellerId: string };

/** One event that can be listened for. What it says is promised: see docs/guides/webhooks.md. */
export type PublicEvent = {
  readonly name: WebhookEvent;
  /** The fact behind it. */
  readonly source: string;
  /** What a key or a person must be allowed in order to listen for it. */
  readonly needs: string;
  /** Of `data`, in order. */
  readonly fields: readonly string[];
  /** Sellers above hear of it too, as their staff see it; else the client's own seller alone. */
  readonly isSeenAbove: boolean;
  /** It is no client's: only sellers can listen for it. */
  readonly isSellers: boolean;
  /** Null when this fact is not this event. */
  read(payload: unknown): { concern: Concern; data: EventData } | null;
};

type Shape<P> = {
  name: WebhookEvent;
  source: EventType<P>;
  needs: string;
  fields: readonly (keyof P & string)[];
  /** Only of facts for which it holds. */
  when?: (payload: P) => boolean;
  /** Whose it is; the payload's `clientId` unless said otherwise. */
  client?: (payload: P) => string | null;
  isSeenAbove?: boolean;
};

/** An event of a client. Its data begins with the client's id. */
export function clientEvent<P>(shape: Shape<P>): PublicEvent {
  const { name, source, needs, fields, when = () => true, isSeenAbove = true } = shape;
  const clientOf = shape.client ?? ((payload: P) => (payload as { clientId?: string }).clientId);
  return {
    name,
    source: source.name,
    needs,
    fields: ['clientId', ...fields],
    isSeenAbove,
    isSellers: false,
    read: (told) => {
      const payload = source.payload.parse(told);
      const clientId = when(payload) ? clientOf(payload) : null;
      if (!clientId) return null;
      return { concern: { clientId }, data: { clientId, ...picked(payload, fields) } };
    },
  };
}

/** An event of what is a seller's own. */
export function sellerEvent<P extends { sellerId: string }>(
  shape: Omit<Shape<P>, 'client' | 'isSeenAbove'>,
): PublicEvent {
  const { name, source, needs, fields, when = () => true } = shape;
  return {
    name,
    source: source.name,
    needs,
    fields,
    isSeenAbove: true,
    isSellers: true,
    read: (told) => {
      const payload = source.payload.parse(told);
      if (!when(payload)) return null;
      return { concern: { sellerId: payload.sellerId }, data: picked(payload, fields) };
    },
  };
}

function picked<P>(payload: P, fields: readonly (keyof P & string)[]): EventData {
  return Object.fromEntries(fields.map((field) => [field, payload[field] ?? null]));
}
