import { z } from 'zod';
import { operation } from '#platform/http/operation.ts';
import { InstantWire, PageQuery, pageWire } from '#platform/http/wire.ts';

const ClockState = z.object({
  now: InstantWire,
  /** Only a sandbox's clock can be moved. */
  movable: z.boolean(),
  nextDueAt: InstantWire.nullable(),
  /** What comes next, by the name of what will do it; the soonest first. */
  ahead: z.array(z.object({ name: z.string(), at: InstantWire })),
  move: z
    .object({
      id: z.string(),
      from: InstantWire,
      to: InstantWire,
      reached: InstantWire,
      stops: z.int(),
      state: z.enum(['running', 'done', 'failed']),
      startedAt: InstantWire,
      error: z.string().nullable(),
    })
    .nullable(),
});

const JobState = z.enum(['created', 'retry', 'active', 'completed', 'cancelled', 'failed']);

export const operationsContract = {
  clock: operation({
    method: 'GET',
    path: '/v1/admin/clock',
    summary: 'Business time, the next thing that will happen, and the move under way',
    access: { who: 'staff', permission: 'clock.read' },
    input: z.object({}),
    output: ClockState,
  }),
  moveClock: operation({
    method: 'POST',
    path: '/v1/admin/clock/move',
    summary: 'Move a sandbox forward; everything that would have happened happens, in order',
    access: { who: 'staff', permission: 'clock.move' },
    input: z.union([
      z.object({ days: z.int().min(1).max(3660) }),
      z.object({ to: InstantWire }),
      z.object({ toNextEvent: z.literal(true) }),
    ]),
    output: ClockState,
    refusals: ['clock-not-movable', 'clock-already-moving', 'clock-time-invalid', 'nothing-due'],
    transaction: 'own',
  }),
  jobs: operation({
    method: 'GET',
    path: '/v1/admin/jobs',
    summary: 'Work that waits, runs or has failed',
    access: { who: 'staff', permission: 'jobs.read' },
    input: z.object({
      state: JobState.optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    output: z.object({
      counts: z.record(z.string(), z.int()),
      items: z.array(
        z.object({
          id: z.string(),
          queue: z.string(),
          name: z.string(),
          state: JobState,
          retryCount: z.int(),
          createdAt: InstantWire,
          startAfter: InstantWire,
          error: z.string().nullable(),
        }),
      ),
    }),
  }),
  retryJob: operation({
    method: 'POST',
    path: '/v1/admin/jobs/{id}/retry',
    summary: 'Put a failed job back in the queue',
    access: { who: 'staff', permission: 'jobs.retry' },
    input: z.object({ id: z.uuid() }),
    output: z.object({ id: z.uuid() }),
    refusals: ['job-not-found'],
  }),
  audit: operation({
    method: 'GET',
    path: '/v1/admin/audit',
    summary: 'Who changed what, newest first',
    access: { who: 'staff', permission: 'audit.read' },
    input: PageQuery.extend({
      subjectId: z.string().max(60).optional(),
      actorId: z.string().max(60).optional(),
      actorKind: z.enum(['client', 'staff', 'anonymous', 'system']).optional(),
      operation: z.string().max(100).optional().describe('a name or its beginning: `payments.`'),
    }),
    output: pageWire(
      z.object({
        id: z.string(),
        at: InstantWire,
        operation: z.string(),
        actorKind: z.string(),
        actorId: z.string().nullable(),
        actorName: z.string().nullable(),
        subjectId: z.string().nullable(),
        address: z.string().nullable(),
        requestId: z.string(),
        input: z.unknown(),
      }),
    ),
  }),
};

export type ClockWire = z.infer<typeof ClockState>;
