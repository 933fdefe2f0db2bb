import { useTranslations } from 'use-intl';
import { StatusBadge } from '#web/ui/badge.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import type { GuardedNode } from './guarded-nodes-page.tsx';
import '../protection.css';

const TONE = { unasked: 'idle', up: 'good', down: 'bad' } as const;

/** Other scanners of a server: whether they answer, what they found, what they passed by. */
export function NodeSources({ node: { sources, outsideActs } }: { node: GuardedNode }) {
  const text = useTranslations('protection.nodes');
  if (sources.length === 0) return null;
  return (
    <>
      <KeyValue
        facts={sources.map(({ source, state, words, ...figures }) => ({
          label: text(`sources.${source}`),
          value: (
            <>
              <StatusBadge tone={TONE[state]}>{text(`sourceStates.${state}`)}</StatusBadge>
              <p className="ui-muted ui-small">{text('sourceFigures', figures)}</p>
              {words !== null && <p className="ui-small protection-path">{words}</p>}
            </>
          ),
        }))}
      />
      <p className="ui-muted ui-small">{text(outsideActs ? 'outsideActs' : 'outsideShown')}</p>
    </>
  );
}
