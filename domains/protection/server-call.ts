import { z } from 'zod';
import { WATCHERS } from './server-words.ts';

/** What a server says when it joins and when it calls; `agent/guard/server` has the other end. */
const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !value.includes('\0'), 'no zero characters');
const reference = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.:-]{0,95}$/);

export const EVENTS_MAX = 200;
export const ORDERS_MAX = 20;

export const JoinInput = z.object({
  code: text(60),
  version: text(40),
  hostName: text(253),
  homes: text(1000),
});
export type JoinInput = z.output<typeof JoinInput>;

export const CallInput = z.object({
  version: text(40),
  /** Of the numbering of its events: another one begins at one. */
  spool: z.uuid(),
  watcher: z.enum(WATCHERS),
  watcherWhy: text(300).nullable(),
  homes: text(1000),
  /** Told at the start and when they change. */
  accounts: z
    .array(z.object({ accountRef: reference, owner: text(64) }))
    .max(5000)
    .optional(),
  policyDigest: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  /** Version of the rules in use; `takesRules`: it knows whose packs to take. */
  rules: text(64),
  takesRules: z.boolean(),
  /** A pack that it would not take, by version: it is not told again. */
  refusedPack: text(64).nullable(),
  /** Other scanners that it asks in the background. */
  sources: z
    .array(
      z.object({
        source: z.enum(['yara', 'clamav']),
        state: z.enum(['unasked', 'up', 'down']),
        words: text(200).nullable(),
        waiting: z.int().min(0),
        asked: z.int().min(0),
        hits: z.int().min(0),
        passedBy: z.int().min(0),
      }),
    )
    .max(10)
    .default([]),
  /** Read by the engine; numbered, in order. */
  events: z.array(z.looseObject({ seq: z.int().min(1) })).max(EVENTS_MAX),
  results: z
    .array(
      z.object({
        orderId: z.string().regex(/^gor_[0-9a-z]{20}$/),
        value: z.unknown().optional(),
        refusal: z.object({ code: text(60), message: text(300) }).optional(),
      }),
    )
    .max(ORDERS_MAX),
});
export type CallInput = z.output<typeof CallInput>;
