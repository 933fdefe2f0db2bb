import { useEffect, useState } from 'react';

const TICK_MS = 1000;

/** An instant that the server told, going on by the reader's own clock since it was told. */
export function useNow(told: string, toldAtMs: number): string {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const passedMs = Math.max(0, nowMs - toldAtMs);
  return new Date(Date.parse(told) + passedMs).toISOString();
}
