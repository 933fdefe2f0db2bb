import type { ShopComponent } from './shop.ts';
import './drawings.css';

/** A key, an address on a plate, a block of shelves, a shield: what a component is, at a glance. */
export function ComponentDrawing({ kind }: { kind: ShopComponent['kind'] }) {
  return (
    <svg className="component-drawing" viewBox="0 0 56 56" aria-hidden>
      <rect className="component-ground" width="56" height="56" rx="12" />
      {kind === 'licence' && (
        <g className="component-line">
          <circle cx="20" cy="28" r="8" />
          <path d="M28 28h18M40 28v6M46 28v8" />
          <circle className="component-fill" cx="20" cy="28" r="2.5" />
        </g>
      )}
      {kind === 'address' && (
        <g className="component-line">
          <rect x="10" y="16" width="36" height="18" rx="3" />
          <path d="M28 34v10M18 44h20" />
          <g className="component-fill">
            <circle cx="17" cy="25" r="2" />
            <circle cx="24.3" cy="25" r="2" />
            <circle cx="31.7" cy="25" r="2" />
            <circle cx="39" cy="25" r="2" />
          </g>
        </g>
      )}
      {kind === 'capacity' && (
        <g className="component-line">
          <rect x="12" y="34" width="32" height="9" rx="2" />
          <rect x="12" y="23" width="32" height="9" rx="2" />
          <path d="M28 8v10M23 13h10" />
          <path className="component-fill" d="M16 38.5h4M16 27.5h4" />
        </g>
      )}
      {kind === 'protection' && (
        <g className="component-line">
          <path d="M28 9l15 5v12c0 10-6.5 17-15 21-8.5-4-15-11-15-21V14z" />
          <path d="M21 28l5 5 9-10" />
        </g>
      )}
    </svg>
  );
}
