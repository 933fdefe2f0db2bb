import './drawings.css';

/** RFC 2606 keeps `.example` free, so none of these can be anybody's. */
const SITES = ['bakery', 'studio', 'dentist', 'garage', 'florist', 'museum'];
const UNIT = { height: 40, gap: 8, top: 18 };

/** A rack on a counter, each unit a client's site; the newest is just being slid in. */
export function HeroDrawing({ label, newest }: { label: string; newest: string }) {
  return (
    <svg className="hero-rack" viewBox="0 0 440 400" role="img" aria-label={label}>
      <rect className="hero-frame" x="20" y="1" width="340" height="358" rx="12" />
      <g className="hero-rails">
        {Array.from({ length: 14 }, (_, hole) => (
          <g key={hole}>
            <circle cx="31" cy={22 + hole * 24} r="2" />
            <circle cx="349" cy={22 + hole * 24} r="2" />
          </g>
        ))}
      </g>
      {SITES.map((site, index) => (
        <Unit
          key={site}
          name={`${site}.example`}
          index={index}
          use={[62, 38, 81, 24, 55, 47][index] ?? 50}
        />
      ))}
      <g
        className="hero-new"
        transform={`translate(58 ${UNIT.top + 6 * (UNIT.height + UNIT.gap)})`}
      >
        <rect className="hero-unit-new" width="338" height={UNIT.height - 4} rx="6" />
        <circle className="hero-lamp-new" cx="20" cy="18" r="4.5" />
        <text className="hero-name-new" x="36" y="23">
          {newest}
        </text>
      </g>
      <rect className="hero-counter" x="0" y="366" width="440" height="10" rx="3" />
      <path className="hero-leg" d="M40 376v24M400 376v24" />
    </svg>
  );
}

function Unit({ name, index, use }: { name: string; index: number; use: number }) {
  return (
    <g transform={`translate(44 ${UNIT.top + index * (UNIT.height + UNIT.gap)})`}>
      <rect className="hero-unit" width="292" height={UNIT.height} rx="6" />
      <circle className="hero-lamp" cx="20" cy="20" r="4" />
      <text className="hero-name" x="36" y="25">
        {name}
      </text>
      <rect className="hero-meter" x="196" y="17" width="80" height="6" rx="3" />
      <rect className="hero-use" x="196" y="17" width={(80 * use) / 100} height="6" rx="3" />
    </g>
  );
}
