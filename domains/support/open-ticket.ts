import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { clientTitle, findClient } from '#domains/clients/index.ts';
import type { Client } from '#domains/clients/index.ts';
import { settingsOf } from './brand-settings.ts';
import { factOf, ticketOpened } from './events.ts';
import { ownAbout } from './find-about.ts';
import type { AboutChoice } from './find-about.ts';
import { mailDepartment } from './mail-ticket.ts';
import type { TicketPriority } from './support-words.ts';
import { countOpenOf, insertTicket, nextPlace } from './ticket-store.ts';
import { ticketNumber } from './ticket-number.ts';
import type { Ticket } from './ticket.ts';
import { writeInTicket } from './write-in-ticket.ts';

/** More than anybody can follow; it keeps a program from filling the queue. */
const OPEN_MAX = 30;

export type NewTicket = {
  department?: string | undefined;
  subject: string;
  text: string;
  priority: TicketPriority;
  about?: AboutChoice | undefined;
};

/**
 * A client asks. Refuses `department-not-found`, `too-many-open-tickets`, and `…-not-found` for
 * something that is not theirs.
 */
export async function openTicket(ctx: Ctx, input: NewTicket): Promise<Ticket> {
  if (ctx.actor.kind !== 'client') refuse('not-allowed');
  const client = await findClient(ctx, ctx.actor.clientId);
  if (!client) refuse('not-allowed');
  const { departments } = await settingsOf(ctx, client.brandId);
  const offered = departments.filter((one) => one.offered);
  const department = input.department
    ? offered.find(({ key }) => key === input.department)
    : (offered[0] ?? departments[0]);
  if (!department) refuse('department-not-found', { field: 'department' });
  if ((await countOpenOf(ctx, client.id)) >= OPEN_MAX) {
    refuse('too-many-open-tickets', { params: { max: OPEN_MAX } });
  }
  const ticket = await saveNewTicket(ctx, client, {
    department: department.key,
    subject: input.subject,
    priority: input.priority,
    openedBy: 'client',
    about: input.about ? await ownAbout(ctx, input.about) : null,
    siteAccountId: null,
  });
  await writeInTicket(ctx, ticket, input.text);
  await mailDepartment(ctx, ticket, input.text);
  return ticket;
}

type Beginning = Pick<
  Ticket,
  'department' | 'subject' | 'priority' | 'openedBy' | 'about' | 'siteAccountId'
>;

/** A ticket with its number, as it begins, without its first words. */
export async function saveNewTicket(
  ctx: Ctx,
  client: Client,
  beginning: Beginning,
): Promise<Ticket> {
  const isClients = beginning.openedBy === 'client';
  const ticket: Ticket = {
    ...beginning,
    id: ctx.newId('tkt', client.branch),
    branch: client.branch,
    number: ticketNumber(await nextPlace(ctx)),
    brandId: client.brandId,
    sellerId: client.sellerId,
    clientId: client.id,
    clientName: clientTitle(client),
    // What policy opened waits for the client's decision, not for ours.
    state: isClients ? 'open' : 'waiting',
    assigneeId: null,
    revision: 1,
    lastBy: isClients ? 'client' : 'system',
    lastAt: ctx.now,
    createdAt: ctx.now,
    closedAt: null,
  };
  await insertTicket(ctx, ticket);
  await ctx.announce(ticketOpened, factOf(ticket));
  return ticket;
}
