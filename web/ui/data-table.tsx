import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from './button.tsx';
import { classes } from './classes.ts';
import './data-table.css';
import { EmptyState } from './empty-state.tsx';
import { FailureCallout } from './failure-callout.tsx';
import type { ListParams } from './list-params.ts';
import { Pagination } from './pagination.tsx';
import { SearchField } from './search-field.tsx';
import { type Option, Select } from './select.tsx';
import { Skeleton } from './skeleton.tsx';
import { Table, type TableProps } from './table.tsx';

export type ListFilter<F extends string> = {
  name: F;
  label: string;
  options: readonly Option[];
};

/** The part of a TanStack query result that the list looks at. */
export type ListQuery<Row> = {
  data: { items: readonly Row[]; next: string | null } | undefined;
  error: unknown;
  isPlaceholderData?: boolean;
  refetch?: () => unknown;
};

export type DataTableProps<Row, F extends string> = Omit<
  TableProps<Row>,
  'rows' | 'sort' | 'onSort'
> & {
  query: ListQuery<Row>;
  params: ListParams<F>;
  /** Shows the search box with this placeholder. */
  search?: string;
  filters?: readonly ListFilter<F>[];
  /** Small buttons at the end of the toolbar. */
  tools?: ReactNode;
  /** What stands there before the first row exists, and says what to do. */
  empty: ReactNode;
};

/** A list of things: search, filters, sorting and paging in the URL, and every state it can be in. */
export function DataTable<Row, F extends string = never>(props: DataTableProps<Row, F>) {
  const { query, params } = props;
  return (
    <div className="ui-list">
      {(props.search !== undefined || props.filters || props.tools) && <Toolbar {...props} />}
      {query.error ? (
        <div className="ui-card-body">
          <FailureCallout error={query.error} onRetry={query.refetch} />
        </div>
      ) : (
        <Rows {...props} />
      )}
      {query.data && (
        <Pagination cursor={params.query.cursor} next={query.data.next} onMove={params.setCursor} />
      )}
    </div>
  );
}

function Toolbar<Row, F extends string>(props: DataTableProps<Row, F>) {
  const text = useTranslations('ui');
  const { params, filters = [], search, tools } = props;
  const chosen: Record<string, string | undefined> = params.query;
  return (
    <div className="ui-list-tools">
      {search !== undefined && (
        <div className="ui-list-search">
          <SearchField
            placeholder={search}
            value={params.query.search ?? ''}
            onSearch={params.setSearch}
          />
        </div>
      )}
      {filters.map((filter) => (
        <Select
          key={filter.name}
          label={filter.label}
          labelHidden
          optional
          placeholder={text('filter.any', { label: filter.label })}
          options={filter.options}
          value={chosen[filter.name] ?? ''}
          onChange={(value) => params.setFilter(filter.name, value)}
        />
      ))}
      {params.narrowed && (
        <Button size="small" tone="quiet" onClick={params.clear}>
          {text('filter.clear')}
        </Button>
      )}
      {tools && <div className="ui-row ui-gap-2 ui-list-extra">{tools}</div>}
    </div>
  );
}

function Rows<Row, F extends string>({ query, params, empty, ...table }: DataTableProps<Row, F>) {
  const text = useTranslations('ui');
  if (!query.data) return <LoadingRows />;
  if (query.data.items.length === 0) {
    if (!params.narrowed) return empty;
    return (
      <EmptyState
        title={text('filter.nothing')}
        actions={<Button onClick={params.clear}>{text('filter.clear')}</Button>}
      />
    );
  }
  return (
    <div className={classes(query.isPlaceholderData && 'ui-list-stale')}>
      <Table
        label={table.label}
        columns={table.columns}
        rows={query.data.items}
        rowKey={table.rowKey}
        rowHref={table.rowHref}
        foot={table.foot}
        sort={params.query.sort}
        onSort={params.setSort}
      />
    </div>
  );
}

function LoadingRows() {
  const text = useTranslations('ui');
  return (
    <div className="ui-list-loading" aria-busy="true">
      <p className="ui-hidden" role="status">
        {text('loading')}
      </p>
      {['34%', '22%', '40%', '28%', '31%', '25%'].map((width) => (
        <div key={width}>
          <Skeleton width={width} />
          <Skeleton width="18%" />
          <Skeleton width="12%" />
        </div>
      ))}
    </div>
  );
}
