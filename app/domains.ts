import type { AgendaItem } from '#platform/agenda.ts';
import type { Subscriber } from '#platform/events.ts';
import type { JobHandler } from '#platform/jobs.ts';
import { identityJobs } from '#domains/identity/index.ts';
import { messagesAgenda } from '#domains/messages/index.ts';

/** What every domain adds to a running process. One line a domain, in the order of the edges. */
export const subscribers: readonly Subscriber[] = [];

export const jobs: readonly JobHandler[] = [...identityJobs];

export const agenda: readonly AgendaItem[] = [...messagesAgenda];
