import { DENSE_NAMES } from './dense-features.ts';

const SINKS =
  'code|shell|call|callback|include|write|path|read|remove|mail|sql|net|unserialize|variables';
const OUTSIDE = 'request|upload|decoded|built|net';
const DANGEROUS = new RegExp(
  `^fact:((${SINKS})<-(${OUTSIDE})|(code|shell)<-(dynamic|ambient|file)|(code|shell|call|callback|argument)<-indirect|account<-request|(code|call|callback)<-spelt|odd:|hidden:|layer:|argument<-request|both<-request)`,
);
const COLUMNS = DENSE_NAMES.flatMap((name, column) => (DANGEROUS.test(name) ? [column] : []));
/**
 * What small scripts of honest sites do not do. They do mail, save, show and ask databases for
 * what the request holds, as mailers and uploaders of attackers do: for a person to tell apart.
 */
const GRAVE = new RegExp(
  '^fact:((code|shell|call|callback|include|variables)<-(request|upload|decoded|net|indirect)|(code|call|callback)<-(built|spelt)|odd:|(code|shell)<-(dynamic|ambient|file)|(argument|both|account)<-request|write<-(net|decoded)|mail<-decoded|hidden:|layer:)',
);
const GRAVE_COLUMNS = DENSE_NAMES.flatMap((name, column) => (GRAVE.test(name) ? [column] : []));

const TOKENS = DENSE_NAMES.indexOf('tokens');
/** How much more certain the model must be where there is little to look at, or looks are all. */
const LOOKS_ALONE = 3.5;
/** The same of a part of a file. */
const OF_PART = 4;
const ENOUGH_TOKENS = Math.log2(1 + 40);
/** Whether the data flow shows anything that could harm. */
function reachesDanger(features: Float32Array): boolean {
  return COLUMNS.some((column) => (features[column] as number) > 0);
}

/**
 * Whether the model is certain enough to act on its own. Where the data flow shows nothing grave it
 * must be far more so of a few lines, and of what shows nothing at all.
 */
export function mayAct(features: Float32Array, score: number, actFrom: number): boolean {
  if (GRAVE_COLUMNS.some((column) => (features[column] as number) > 0)) return score >= actFrom;
  const few = (features[TOKENS] as number) < ENOUGH_TOKENS;
  if (!reachesDanger(features)) return !few && score >= actFrom + LOOKS_ALONE;
  return score >= (few ? actFrom + LOOKS_ALONE : actFrom);
}

/** The same of a part of a file that was cut out of it: a person should look at the file. */
export function mayAlertOfPart(score: number, actFrom: number): boolean {
  return score >= actFrom + OF_PART;
}

/**
 * Whether the model's opinion is worth a person's look. Of a few lines that reach nothing it must be
 * far more certain.
 */
export function mayAlert(features: Float32Array, score: number, alertFrom: number): boolean {
  const enough = reachesDanger(features) || (features[TOKENS] as number) >= ENOUGH_TOKENS;
  return score >= (enough ? alertFrom : alertFrom + LOOKS_ALONE);
}
