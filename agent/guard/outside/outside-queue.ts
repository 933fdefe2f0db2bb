import type { OutsideSource } from './outside-source.ts';

const MOST_WAITING = 500;
const FIRST_PAUSE_MS = 5000;
const LONGEST_PAUSE_MS = 300_000;

/** How a source stands, for staff. */
export interface OutsideState {
  source: OutsideSource['id'];
  state: 'unasked' | 'up' | 'down';
  /** Why it is down, or why it last passed a content by. */
  words: string | null;
  waiting: number;
  asked: number;
  hits: number;
  /** Contents it has not looked at: no room in the queue, too large, an error of its own. */
  passedBy: number;
}

export interface OutsideJob<T> {
  /** The content as it is now; null when there is nothing to look at any more. */
  read: () => { content: Uint8Array; about: T } | null;
  /** Of one file only its newest job waits. */
  key: string;
}

/**
 * The files that wait for one source. What it does not get to is counted and let go: a source that
 * is slow or down costs nobody anything but its own opinion.
 */
export function outsideQueue<T>(
  source: OutsideSource,
  hit: (about: T, rules: string[]) => void,
  failed: (error: unknown) => void,
  firstPauseMs = FIRST_PAUSE_MS,
) {
  const jobs = new Map<string, OutsideJob<T>>();
  const state: OutsideState = {
    source: source.id,
    ...{ state: 'unasked', words: null, waiting: 0, asked: 0, hits: 0, passedBy: 0 },
  };
  let busy = false;
  let pauseMs = firstPauseMs;
  let pausing: NodeJS.Timeout | null = null;
  let stopped = false;

  const work = async () => {
    if (busy || pausing || stopped) return;
    busy = true;
    for (let next = jobs.entries().next(); !next.done && !stopped; next = jobs.entries().next()) {
      const [key, job] = next.value;
      const outcome = await askOne(source, state, job, hit).catch((error: unknown) => {
        failed(error);
        return 'done' as const;
      });
      if (outcome === 'down') {
        pausing = setTimeout(goOn, pauseMs);
        pausing.unref();
        pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
        break;
      }
      pauseMs = firstPauseMs;
      // Another may have come for the same file meanwhile: that one is still to be asked.
      if (jobs.get(key) === job) jobs.delete(key);
    }
    busy = false;
  };

  const goOn = () => {
    pausing = null;
    void work();
  };

  return {
    add(job: OutsideJob<T>): void {
      if (!jobs.has(job.key) && jobs.size >= MOST_WAITING) {
        state.passedBy += 1;
        return;
      }
      jobs.set(job.key, job);
      void work();
    },
    state: (): OutsideState => ({ ...state, waiting: jobs.size }),
    stop(): void {
      stopped = true;
      if (pausing) clearTimeout(pausing);
      source.stop();
    },
  };
}

async function askOne<T>(
  source: OutsideSource,
  state: OutsideState,
  job: OutsideJob<T>,
  hit: (about: T, rules: string[]) => void,
): Promise<'done' | 'down'> {
  const read = job.read();
  if (!read) return 'done';
  const answer = await source.ask(read.content);
  if (answer.kind === 'down') {
    state.state = 'down';
    state.words = answer.words;
    return 'down';
  }
  state.state = 'up';
  state.asked += 1;
  state.words = answer.kind === 'passed-by' ? answer.words : null;
  if (answer.kind === 'passed-by') {
    state.passedBy += 1;
    return 'done';
  }
  if (answer.names.length === 0) return 'done';
  state.hits += 1;
  hit(
    read.about,
    answer.names.map((name) => `${source.id}:${name}`),
  );
  return 'done';
}
