import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { logPlace, type LogPlace } from './follow-log.ts';
import { mailBuckets, type MailBucket } from './mail-counts.ts';
import type { MessagesInHand } from './mail-fact.ts';
import type { MailLog } from './mail-log.ts';

export type FollowedLog = MailLog & { place: LogPlace | null; inHand: MessagesInHand };

const sender = z.object({
  user: z.string().exactOptional(),
  uid: z.int().exactOptional(),
  address: z.string().exactOptional(),
  script: z.string().exactOptional(),
  counted: z.boolean().exactOptional(),
});

/** How far each log was read and what was counted: written together, so that no line counts twice. */
const mailState = z.object({
  logs: z.record(
    z.string(),
    z.object({ place: logPlace.nullable(), inHand: z.array(z.tuple([z.string(), sender])) }),
  ),
  buckets: mailBuckets,
});

export async function readMailState(
  path: string,
  logs: readonly MailLog[],
): Promise<{ logs: FollowedLog[]; buckets: MailBucket[] }> {
  const kept = await readKept(path);
  const followed = logs.map((one) => {
    const known = kept.logs[one.path];
    return { ...one, place: known?.place ?? null, inHand: new Map(known?.inHand) };
  });
  return { logs: followed, buckets: kept.buckets };
}

export function mailStateText(
  logs: readonly FollowedLog[],
  buckets: readonly MailBucket[],
): string {
  const places = logs.map(({ path, place, inHand }) => [path, { place, inHand: [...inHand] }]);
  return JSON.stringify({ logs: Object.fromEntries(places), buckets });
}

async function readKept(path: string): Promise<z.infer<typeof mailState>> {
  try {
    return mailState.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return { logs: {}, buckets: [] };
  }
}
