import { DENSE_NAMES } from './dense-features.ts';

const SINKS =
  'code|shell|call|callback|include|write|path|read|remove|mail|sql|net|unserialize|variables';
const OUTSIDE = 'request|upload|decoded|built|net';
const DANGEROUS = new RegExp(
  `^fact:((${SINKS})<-(${OUTSIDE})|(code|shell)<-(dynamic|ambient|file)|hidden:|layer:|argument<-request)`,
);
const COLUMNS = DENSE_NAMES.flatMap((name, column) => (DANGEROUS.test(name) ? [column] : []));

const TOKENS = DENSE_NAMES.indexOf('tokens');
/** How much more certain the model must be where the data flow shows nothing. */
const LOOKS_ALONE = 3.5;
const ENOUGH_TOKENS = Math.log2(1 + 40);

/** Whether the data flow shows anything that could harm. */
export function reachesDanger(features: Float32Array): boolean {
  return COLUMNS.some((column) => (features[column] as number) > 0);
}

/**
 * Whether the model is certain enough to act on its own. By looks alone it must be far more so, and
 * have enough to look at.
 */
export function mayAct(features: Float32Array, score: number, actFrom: number): boolean {
  if (reachesDanger(features)) return score >= actFrom;
  return score >= actFrom + LOOKS_ALONE && (features[TOKENS] as number) >= ENOUGH_TOKENS;
}

/** Whether the model's opinion is worth a person's look: a few lines that reach nothing are not. */
export function mayAlert(features: Float32Array, score: number, alertFrom: number): boolean {
  const enough = reachesDanger(features) || (features[TOKENS] as number) >= ENOUGH_TOKENS;
  return enough && score >= alertFrom;
}
