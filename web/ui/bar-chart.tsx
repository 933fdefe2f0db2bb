import { useRef } from 'react';
import { classes } from './classes.ts';
import { useWidth } from './use-width.ts';
import './bar-chart.css';

export type BarSeries = {
  id: string;
  label: string;
  /** `main` is what is looked at, `base` what it is held against, `bad` what nobody wants. */
  look: 'main' | 'base' | 'bad';
  /** One a group, zero or more; whole numbers. */
  values: readonly number[];
};

export type BarChartProps = {
  /** What the picture shows, for those who do not see it; the figures stand in a table beside. */
  label: string;
  groups: readonly string[];
  series: readonly BarSeries[];
  /** A value in words: the bar's tooltip. */
  say: (value: number) => string;
  /** The same, short, for the axis. */
  axis: (value: number) => string;
};

const HEIGHT = 220;
const TOP = 12;
const FOOT = 26;
const SIDE = 64;
const GROUP_MIN = 52;

/** Groups of bars, months as a rule: own SVG, colours from the tokens, scrolls when it is long. */
export function BarChart({ label, groups, series, say, axis }: BarChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const room = (useWidth(box) ?? 0) - SIDE;
  const group = Math.max(GROUP_MIN, room / Math.max(groups.length, 1));
  const width = SIDE + group * groups.length;
  const ceiling = niceCeiling(Math.max(1, ...series.flatMap(({ values }) => values)));
  const heightOf = (value: number) => ((HEIGHT - TOP - FOOT) * value) / ceiling;
  const base = HEIGHT - FOOT;
  const bar = Math.min(26, (group * 0.68) / Math.max(series.length, 1));
  const left = (at: number, index: number) =>
    SIDE + group * at + (group - bar * series.length) / 2 + bar * index;
  return (
    <figure className="ui-chart">
      {/* It scrolls on a phone, so the keyboard must reach it. */}
      <div ref={box} className="ui-chart-box" role="group" aria-label={label} tabIndex={0}>
        <svg role="img" aria-label={label} width={width} height={HEIGHT}>
          {[0, 0.25, 0.5, 0.75, 1].map((share) => (
            <g key={share} className="ui-chart-line">
              <line
                x1={SIDE}
                x2={width}
                y1={base - heightOf(ceiling * share)}
                y2={base - heightOf(ceiling * share)}
              />
              <text x={SIDE - 8} y={base - heightOf(ceiling * share) + 4} textAnchor="end">
                {axis(ceiling * share)}
              </text>
            </g>
          ))}
          {groups.map((name, at) => (
            <g key={name}>
              {series.map(({ id, look, label: what, values }, index) => {
                const value = values[at] ?? 0;
                return (
                  <rect
                    key={id}
                    className={classes('ui-chart-bar', `ui-chart-${look}`)}
                    x={left(at, index) + 1}
                    width={bar - 2}
                    y={base - heightOf(value)}
                    height={heightOf(value)}
                    rx={2}
                  >
                    <title>{`${name}, ${what}: ${say(value)}`}</title>
                  </rect>
                );
              })}
              <text x={SIDE + group * (at + 0.5)} y={HEIGHT - 8} textAnchor="middle">
                {name}
              </text>
            </g>
          ))}
        </svg>
      </div>
      <figcaption className="ui-row ui-gap-4">
        {series.map(({ id, look, label: what }) => (
          <span key={id} className="ui-chart-key">
            <span className={classes('ui-chart-swatch', `ui-chart-${look}`)} aria-hidden />
            {what}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

/** The next of 1, 2, 2.5, 4, 5, 8 × a power of ten: a scale that people read at a glance. */
function niceCeiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 2.5, 4, 5, 8, 10].find((one) => one * power >= value) ?? 10;
  return step * power;
}
