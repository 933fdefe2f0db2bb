import { useQueryClient } from '@tanstack/react-query';
import { Suspense, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { PageSkeleton } from './skeleton.tsx';
import './together.css';

/** A part that answers is given this long to ask for what else it shows. */
const QUIET_MS = 30;
/** A part that is slower than this does not hold the others up. */
const WAIT_MAX_MS = 1000;

/**
 * A page whose parts each ask for their own data, shown when all have it: none comes later and moves
 * what somebody is about to press. Until then the page's skeleton stands.
 */
export function Together({ children }: { children: ReactNode }) {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <HeldBack>{children}</HeldBack>
    </Suspense>
  );
}

function HeldBack({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const [isShown, setIsShown] = useState(false);
  useEffect(() => {
    const show = () => setIsShown(true);
    const isFirst = () => queries.isFetching({ predicate: ({ state }) => !state.dataUpdatedAt });
    let quiet: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(quiet);
      if (isFirst() === 0) quiet = setTimeout(show, QUIET_MS);
    };
    const patience = setTimeout(show, WAIT_MAX_MS);
    const unsubscribe = queries.getQueryCache().subscribe(look);
    look();
    return () => {
      unsubscribe();
      clearTimeout(quiet);
      clearTimeout(patience);
    };
  }, [queries]);
  return (
    <>
      {!isShown && <PageSkeleton />}
      <div className={isShown ? 'ui-together' : 'ui-held-back'}>{children}</div>
    </>
  );
}
