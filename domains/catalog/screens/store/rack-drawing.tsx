import './drawings.css';

const COLUMNS = 10;
const ROWS = 7;
const CELL = { width: 12, height: 8, gap: 3 };

export type RackDrawingProps = {
  /** Places that the plan gives. */
  accounts: number;
  /** Places that chosen add-ons give on top; they light up when ticked. */
  added?: number;
  /** How many places one cell stands for, the same in every drawing of a page. */
  perCell: number;
  label: string;
};

/** A rack drawn to scale: one cell a place for an account, filled from the bottom shelf up. */
export function RackDrawing({ accounts, added = 0, perCell, label }: RackDrawingProps) {
  const filled = Math.ceil(accounts / perCell);
  const lit = Math.ceil((accounts + added) / perCell);
  const width = COLUMNS * (CELL.width + CELL.gap) - CELL.gap + 16;
  const height = ROWS * (CELL.height + CELL.gap) - CELL.gap + 16;
  return (
    <svg className="rack" viewBox={`0 0 ${width} ${height + 6}`} role="img" aria-label={label}>
      <rect className="rack-frame" x="0.5" y="0.5" width={width - 1} height={height - 1} rx="5" />
      <rect className="rack-counter" x="0" y={height + 2} width={width} height="3" rx="1.5" />
      {Array.from({ length: COLUMNS * ROWS }, (_, cell) => (
        <rect
          key={cell}
          className={cellClass(cell, filled, lit)}
          x={8 + (cell % COLUMNS) * (CELL.width + CELL.gap)}
          y={8 + (ROWS - 1 - Math.floor(cell / COLUMNS)) * (CELL.height + CELL.gap)}
          width={CELL.width}
          height={CELL.height}
          rx="1.5"
        />
      ))}
    </svg>
  );
}

function cellClass(cell: number, filled: number, lit: number): string {
  if (cell < filled) return 'rack-cell rack-cell-full';
  return cell < lit ? 'rack-cell rack-cell-added' : 'rack-cell';
}

/** How many places a cell must stand for so that the largest plan fits a drawing. */
export function placesPerCell(accounts: readonly number[]): number {
  return Math.max(1, Math.ceil(Math.max(...accounts) / (COLUMNS * (ROWS - 1))));
}
