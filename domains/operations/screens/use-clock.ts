import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { apiQuery } from '#web/api-query.ts';

const WHILE_MOVING_MS = 700;
const OTHERWISE_MS = 10_000;

/**
 * Business time, asked often while it moves. When a move ends everything else that is on screen
 * is out of date, so it is asked for again.
 */
export function useClock(enabled = true) {
  const queries = useQueryClient();
  const clock = useQuery(
    apiQuery.operations.clock.queryOptions({
      input: {},
      enabled,
      refetchInterval: ({ state }) => {
        if (state.error) return false;
        return state.data?.move?.state === 'running' ? WHILE_MOVING_MS : OTHERWISE_MS;
      },
    }),
  );
  const moving = clock.data?.move?.state === 'running';
  const moved = useRef(false);
  useEffect(() => {
    if (moved.current && !moving) {
      void queries.invalidateQueries({
        predicate: ({ queryKey }) => JSON.stringify(queryKey) !== JSON.stringify(CLOCK_KEY),
      });
    }
    moved.current = moving;
  }, [moving, queries]);
  return { clock, moving };
}

const CLOCK_KEY = apiQuery.operations.clock.queryKey({ input: {} });
