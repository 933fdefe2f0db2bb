import { useTranslations } from 'use-intl';
import { Card } from '#web/ui/card.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Money } from '#web/ui/money.tsx';
import type { ChangeForecastWire } from '../../contract.ts';
import { EFFECTS } from '../../forecast-words.ts';
import './forecast.css';

/** The forecast in a few figures: how many, how much, and by when people must be told. */
export function ChangeSummary({ forecast }: { forecast: ChangeForecastWire }) {
  const text = useTranslations('forecasts');
  const { counts, currencies, tellFirstBy, tellLastBy } = forecast;
  const count = (of: (one: (typeof counts)[number]) => boolean) =>
    counts.filter(of).reduce((sum, one) => sum + one.count, 0);
  const toTell = count(({ telling }) => telling === 'to-tell' || telling === 'late');
  return (
    <Card title={text('screen.summary')}>
      <dl className="forecast-figures">
        {currencies.map(({ currency, before, after }) => (
          <div key={currency}>
            <dt>{text('screen.change.more', { currency })}</dt>
            <dd>
              <Money minor={after.total.minor - before.total.minor} currency={currency} sign />
            </dd>
          </div>
        ))}
        {EFFECTS.map((effect) => ({ effect, of: count((one) => one.effect === effect) }))
          .filter(({ of }) => of > 0)
          .map(({ effect, of }) => (
            <div key={effect}>
              <dt>{text(`effects.${effect}`)}</dt>
              <dd>{of}</dd>
            </div>
          ))}
        {counts.length === 0 && (
          <div>
            <dt>{text('screen.change.touched')}</dt>
            <dd>0</dd>
          </div>
        )}
        {toTell > 0 && (
          <div>
            <dt>{text('tellings.to-tell')}</dt>
            <dd>{toTell}</dd>
          </div>
        )}
        {toTell > 0 && tellFirstBy && tellLastBy && (
          <div>
            <dt>{text('screen.change.tellBetween')}</dt>
            <dd>
              <DateText on={tellFirstBy} />
              {tellFirstBy !== tellLastBy && (
                <>
                  {' – '}
                  <DateText on={tellLastBy} />
                </>
              )}
            </dd>
          </div>
        )}
      </dl>
    </Card>
  );
}
