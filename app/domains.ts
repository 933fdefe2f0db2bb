import type { AgendaItem } from '#platform/agenda.ts';
import type { Subscriber } from '#platform/events.ts';
import type { JobHandler } from '#platform/jobs.ts';
import { clientsAgenda } from '#domains/clients/index.ts';
import { forecastsJobs } from '#domains/forecasts/index.ts';
import { hostingAgenda, hostingJobs, hostingSubscribers } from '#domains/hosting/index.ts';
import { identityJobs } from '#domains/identity/index.ts';
import { licencesAgenda, licencesJobs, licencesSubscribers } from '#domains/licences/index.ts';
import { messagesAgenda } from '#domains/messages/index.ts';
import { ordersAgenda, ordersJobs, ordersSubscribers } from '#domains/orders/index.ts';
import { paymentsAgenda } from '#domains/payments/index.ts';
import {
  protectionAgenda,
  protectionJobs,
  protectionSubscribers,
} from '#domains/protection/index.ts';
import { reportsAgenda } from '#domains/reports/index.ts';
import { subscriptionsAgenda } from '#domains/subscriptions/index.ts';
import { supportSubscribers } from '#domains/support/index.ts';
import { webhooksAgenda, webhooksJobs, webhooksSubscribers } from '#domains/webhooks/index.ts';

/** What every domain adds to a running process. One line a domain, in the order of the edges. */
export const subscribers: readonly Subscriber[] = [
  ...ordersSubscribers,
  ...licencesSubscribers,
  ...hostingSubscribers,
  ...protectionSubscribers,
  ...supportSubscribers,
  ...webhooksSubscribers,
];

export const jobs: readonly JobHandler[] = [
  ...identityJobs,
  ...ordersJobs,
  ...forecastsJobs,
  ...licencesJobs,
  ...hostingJobs,
  ...protectionJobs,
  ...webhooksJobs,
];

export const agenda: readonly AgendaItem[] = [
  ...messagesAgenda,
  ...clientsAgenda,
  ...subscriptionsAgenda,
  ...paymentsAgenda,
  ...ordersAgenda,
  ...reportsAgenda,
  ...licencesAgenda,
  ...hostingAgenda,
  ...protectionAgenda,
  ...webhooksAgenda,
];
