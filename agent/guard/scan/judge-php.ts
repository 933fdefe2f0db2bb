import {
  analyseFlow,
  DEFAULT_FLOW_LIMITS,
  type Flow,
  type FlowLimits,
} from '../flow/analyse-flow.ts';
import { partsOf, type FilePart } from '../flow/file-parts.ts';
import { DEFAULT_LEX_LIMITS, lexPhp } from '../lexer/lex-php.ts';
import type { LexerState, LexLimits } from '../lexer/lexer-state.ts';
import { makeTokenStream, type TokenStream } from '../lexer/token-stream.ts';
import { scoreTrees } from '../model/boosted-trees.ts';
import { measureBytes } from '../model/byte-shape.ts';
import { denseFeatures } from '../model/dense-features.ts';
import { isCandidate } from '../model/is-candidate.ts';
import type { Model } from '../model/model.ts';
import { mayAct, mayAlert } from '../model/may-act.ts';
import { surveyTokens, type Survey } from '../model/survey.ts';
import { wordHashes } from '../model/word-hashes.ts';
import { scoreWords } from '../model/word-score.ts';
import type { CompiledRules } from '../rules/compile-rules.ts';
import { matchRules, type RuleHit } from '../rules/match-rules.ts';
import { mayBeCandidate } from './skim.ts';
import { isMalwareAllOver, judgeParts } from './judge-parts.ts';
import { CLEAN, limited, type Verdict } from './verdict.ts';

export interface Judge {
  rules: CompiledRules;
  /** Without one, rules judge alone. */
  model: Model | null;
  lexLimits: LexLimits;
  flowLimits: FlowLimits;
  tokens: TokenStream;
}

export function makeJudge(rules: CompiledRules, model: Model | null): Judge {
  const limits = { lexLimits: DEFAULT_LEX_LIMITS, flowLimits: DEFAULT_FLOW_LIMITS };
  return { rules, model, ...limits, tokens: makeTokenStream() };
}

/** Everything measured of a candidate; null of a file that the cheap pass clears. */
export interface Examined {
  state: LexerState;
  flow: Flow;
  features: Float32Array;
  words: Uint16Array;
}

/**
 * `bytes` holds `PADDING` zero bytes behind `length`. `isWanted` says which files are worth the
 * whole analysis.
 */
export function examinePhp(
  judge: Judge,
  bytes: Buffer,
  length: number,
  isWanted: (survey: Survey, state: LexerState) => boolean = isCandidate,
): Examined | null {
  if (isWanted === isCandidate && isCleared(judge, bytes, length)) return null;
  const state = lexPhp(bytes, length, judge.tokens, judge.lexLimits);
  const survey = surveyTokens(state);
  if (!isWanted(survey, state)) return null;
  const flow = analyseFlow(bytes, judge.tokens, judge.flowLimits);
  const words = wordHashes(bytes, judge.tokens);
  const shape = measureBytes(bytes, length);
  const wordScore = judge.model ? scoreWords(judge.model.words, words) : 0;
  const features = denseFeatures({ state, survey, shape, flow, wordScore });
  return { state, flow, features, words };
}

/** Whether the cheapest pass clears a source. */
export function isCleared(judge: Judge, bytes: Buffer, length: number): boolean {
  return !mayBeCandidate(bytes, length, judge.lexLimits);
}

/** Judges PHP source by its bytes alone; `skimmed` when the cheapest pass did not clear it. */
export function judgePhp(judge: Judge, bytes: Buffer, length: number, skimmed = false): Verdict {
  const examined = examinePhp(judge, bytes, length, skimmed ? isCandidateToo : isCandidate);
  if (!examined) return CLEAN;
  const { state, flow, features } = examined;
  const score = judge.model ? scoreTrees(judge.model.trees, features) : -99;
  const hits = hitsOf(judge, examined, bytes, length, score);
  const { model } = judge;
  const opinion = {
    acts: model !== null && mayAct(features, score, model.actFrom),
    alerts: model !== null && mayAlert(features, score, model.alertFrom),
  };
  const limit = state.limit ?? flow.limit;
  const whole = decide(model ? score : null, hits, opinion, limit, length);
  if (whole.actionable && isMalwareAllOver(whole, model?.actFrom ?? Infinity)) return whole;
  const parts = partsOf(bytes, judge.tokens, flow.sheet.facts, state.openTags);
  const look = (part: FilePart) => lookAtPart(judge, part);
  return judgeParts(whole, length, parts, look, model?.actFrom ?? Infinity);
}

function isCandidateToo(survey: Survey, state: LexerState): boolean {
  return isCandidate(survey, state);
}

function lookAtPart(judge: Judge, part: FilePart) {
  const isWanted = part.isFlow ? () => true : isCandidate;
  const examined = examinePhp(judge, part.bytes, part.length, isWanted);
  if (!examined) return null;
  const score = judge.model ? scoreTrees(judge.model.trees, examined.features) : -99;
  return { hits: hitsOf(judge, examined, part.bytes, part.length, score), score };
}

export function hitsOf(
  judge: Judge,
  examined: Examined,
  bytes: Buffer,
  length: number,
  score: number,
): RuleHit[] {
  const { flow, features } = examined;
  const { layers, sheet } = flow;
  const subject = { bytes, length, layers, tokens: judge.tokens, sheet, features, score };
  return matchRules(judge.rules, subject);
}

const INJECTED_FROM = 3000;
const RANK = { clean: 0, unwanted: 1, suspicious: 2, compromised: 3, malicious: 4 } as const;

/**
 * Joins rules and model. Malicious code in a file whose rest the model takes for somebody's
 * legitimate work is an injection: compromised.
 */
export function decide(
  score: number | null,
  hits: readonly RuleHit[],
  { acts, alerts }: { acts: boolean; alerts: boolean },
  limit: string | null,
  length: number,
): Verdict {
  const evidence = hits.map(({ rule, at }) => ({ rule: rule.id, family: rule.family, at }));
  const best = hits.toSorted((a, b) => RANK[b.rule.class] - RANK[a.rule.class])[0]?.rule;
  const shared = { evidence, limit, score };
  const byRule = best && RANK[best.class] >= RANK.compromised;
  if (byRule || acts) {
    const injected = byRule && score !== null && score < 0 && length > INJECTED_FROM;
    const actionable = acts || hits.some(({ rule }) => rule.action !== 'none');
    const confidence = Math.max(acts ? 95 : 0, best?.confidence ?? 0);
    const kind = injected ? 'compromised' : byRule ? best.class : 'malicious';
    return { class: kind, confidence, actionable, family: best?.family ?? 'model', ...shared };
  }
  const found = { confidence: best?.confidence ?? 50, actionable: false, ...shared };
  if (best) return { class: alerts ? 'suspicious' : best.class, family: best.family, ...found };
  if (alerts) return { class: 'suspicious', family: 'model', ...found };
  return limit ? { ...limited(limit), score } : { ...CLEAN, score };
}
