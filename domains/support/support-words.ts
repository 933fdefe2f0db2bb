/**
 * `open`: we are asked; `answered`: we have answered; `waiting`: we need something of the client;
 * `closed`: done.
 */
export const TICKET_STATES = ['open', 'answered', 'waiting', 'closed'] as const;
export type TicketState = (typeof TICKET_STATES)[number];

/** The most urgent last. */
export const TICKET_PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
export type TicketPriority = (typeof TICKET_PRIORITIES)[number];

/** What a client may say of how urgent it is. */
export const CLIENT_PRIORITIES = ['normal', 'high'] as const;

/** What a ticket may be about; a node is staff's word and nothing that clients see. */
export const ABOUT_KINDS = ['package', 'invoice', 'finding', 'node'] as const;
export type AboutKind = (typeof ABOUT_KINDS)[number];

export const SUBJECT_CHARS_MAX = 200;
export const TEXT_CHARS_MAX = 10_000;
