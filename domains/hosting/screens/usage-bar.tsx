import { useTranslations } from 'use-intl';
import './usage-bar.css';

export type UsageBarProps = {
  label: string;
  used: number;
  /** Null: as much as the server has. */
  limit: number | null;
  format: (amount: number) => string;
};

const FULL = 0.95;

/** How much of a limit is used, in figures and as a bar. */
export function UsageBar({ label, used, limit, format }: UsageBarProps) {
  const text = useTranslations('hosting.package');
  const share = limit ? Math.min(1, used / limit) : 0;
  const words =
    limit === null ? format(used) : text('usedOf', { used: format(used), limit: format(limit) });
  return (
    <div className="hosting-bar">
      <span className="ui-muted ui-small">{label}</span>
      <span>{words}</span>
      {limit !== null && (
        <div
          className="hosting-bar-track"
          data-full={share >= FULL}
          role="meter"
          aria-label={label}
          aria-valuemin={0}
          aria-valuemax={limit}
          aria-valuenow={Math.min(used, limit)}
          aria-valuetext={words}
        >
          <span style={{ width: `${Math.max(share * 100, used > 0 ? 1 : 0)}%` }} />
        </div>
      )}
    </div>
  );
}
