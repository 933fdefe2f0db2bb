import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';
import { Link } from './link.tsx';
import { useNavigation } from './navigation.tsx';
import './table.css';

export type Column<Row> = {
  /** Also the API's sort key when the column is sortable. */
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** `end` for amounts and counts. */
  align?: 'start' | 'end';
  sortable?: boolean;
  /** Any CSS width; the rest is shared out by content. */
  width?: string;
};

/** `number` ascending, `-number` descending. */
export type Sort = string;

export type TableProps<Row> = {
  /** Read out as the table's name. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** The row opens this address: click anywhere, Enter on the first cell, up and down between rows. */
  rowHref?: (row: Row) => string;
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  /** Rows of `<td>`: totals below the lines. */
  foot?: ReactNode;
};

/** Rows and columns; on a phone each row becomes a card. Lists of things take `DataTable`. */
export function Table<Row>(props: TableProps<Row>) {
  const { label, columns, rows, rowKey, rowHref, foot } = props;
  const look = classes('ui-table', 'ui-table-cards', rowHref && 'ui-table-rows-open');
  return (
    <div className="ui-table-box">
      <table className={look} aria-label={label} onKeyDown={rowHref && moveBetweenRows}>
        <thead>
          <tr>
            {columns.map((column) => (
              <HeadCell key={column.id} column={column} sort={props.sort} onSort={props.onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <BodyRow key={rowKey(row)} row={row} columns={columns} href={rowHref?.(row)} />
          ))}
        </tbody>
        {foot && <tfoot>{foot}</tfoot>}
      </table>
    </div>
  );
}

type HeadCellProps<Row> = Pick<TableProps<Row>, 'sort' | 'onSort'> & { column: Column<Row> };

function HeadCell<Row>({ column, sort, onSort }: HeadCellProps<Row>) {
  const descending = sort === `-${column.id}`;
  const sorted = descending || sort === column.id;
  // A column of buttons has no name, and a header cell without words is a riddle to a reader.
  if (column.header === '') return <td aria-hidden style={{ width: column.width }} />;
  return (
    <th
      scope="col"
      className={column.align === 'end' ? 'ui-cell-end' : undefined}
      style={column.width ? { width: column.width } : undefined}
      aria-sort={sorted ? (descending ? 'descending' : 'ascending') : undefined}
    >
      {column.sortable && onSort ? (
        <button
          type="button"
          className="ui-sort"
          onClick={() => onSort(sorted && !descending ? `-${column.id}` : column.id)}
        >
          {column.header}
          <Icon of={descending ? IconArrowDown : IconArrowUp} size={14} />
        </button>
      ) : (
        column.header
      )}
    </th>
  );
}

type BodyRowProps<Row> = { row: Row; columns: readonly Column<Row>[]; href: string | undefined };

function BodyRow<Row>({ row, columns, href }: BodyRowProps<Row>) {
  const navigation = useNavigation();
  function open(event: MouseEvent<HTMLTableRowElement>) {
    const target = event.target as HTMLElement;
    const own = target.closest('a, button, input, label, select, [role=menuitem]');
    if (!href || own || String(globalThis.getSelection?.() ?? '')) return;
    if (event.metaKey || event.ctrlKey) globalThis.open(href, '_blank', 'noopener');
    else navigation.go(href);
  }
  return (
    <tr onClick={href ? open : undefined}>
      {columns.map((column, index) => (
        <td
          key={column.id}
          data-label={column.header || undefined}
          className={column.align === 'end' ? 'ui-cell-end' : undefined}
        >
          <div className="ui-cell">
            {href && index === 0 ? (
              <Link className="ui-row-link" href={href}>
                {column.cell(row)}
              </Link>
            ) : (
              column.cell(row)
            )}
          </div>
        </td>
      ))}
    </tr>
  );
}

const ROW_STEP: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 };

function moveBetweenRows(event: KeyboardEvent<HTMLTableElement>) {
  const step = ROW_STEP[event.key];
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('.ui-row-link')];
  const current = links.indexOf(event.target as HTMLElement);
  if (step === undefined || current === -1) return;
  event.preventDefault();
  links[Math.min(links.length - 1, Math.max(0, current + step))]?.focus();
}
