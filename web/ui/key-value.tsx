import { Fragment, type ReactNode } from 'react';
import './key-value.css';

export type Fact = { label: ReactNode; value: ReactNode };

/** What is known about one thing, name by value. Absent facts (null, false) leave no line. */
export function KeyValue({ facts }: { facts: readonly (Fact | null | false)[] }) {
  return (
    <div className="ui-facts-box">
      <dl className="ui-facts">
        {facts.map((fact, index) =>
          fact ? (
            <Fragment key={index}>
              <dt>{fact.label}</dt>
              <dd>{fact.value}</dd>
            </Fragment>
          ) : null,
        )}
      </dl>
    </div>
  );
}
