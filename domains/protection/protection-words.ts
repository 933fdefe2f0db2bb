/** off: nothing is looked at. detect: found and told. protect: also stopped and mended. */
export const MODES = ['off', 'detect', 'protect'] as const;
export type Mode = (typeof MODES)[number];

/**
 * Whether a finding opens a ticket for its client: never, when a person has to decide, or always.
 */
export const FINDING_RESPONSES = ['nothing', 'when-needed', 'always'] as const;
export type FindingResponse = (typeof FINDING_RESPONSES)[number];

export const FINDING_CLASSES = ['malicious', 'compromised', 'suspicious', 'unwanted'] as const;
export type FindingClass = (typeof FINDING_CLASSES)[number];

/**
 * - `found`: certain, and the engine is to mend it.
 * - `mended`: dealt with; `act` says how.
 * - `needs-decision`: nobody but a person may say what it is.
 * - `restored`, `ignored`: a person's word, by the content and its path.
 * - `gone`: the file is not there any more, or not as it was found.
 */
export const FINDING_STATES = [
  'found',
  'needs-decision',
  'mended',
  'restored',
  'ignored',
  'gone',
] as const;
export type FindingState = (typeof FINDING_STATES)[number];

/** blocked: refused to run and left in place, because it could not be mended safely. */
export const MEND_ACTS = ['restored-original', 'cut', 'trimmed', 'quarantined', 'blocked'] as const;
export type MendAct = (typeof MEND_ACTS)[number];

export const FOUND_BY = ['write', 'request', 'scan'] as const;
export type FoundBy = (typeof FOUND_BY)[number];

export const WRITTEN_BY = ['upload', 'archive', 'php', 'unknown'] as const;

/** `wanted`: asked for here, and the engine has not taken it yet. */
export const SCAN_STATES = ['wanted', 'waiting', 'running', 'done', 'failed'] as const;
export type ScanState = (typeof SCAN_STATES)[number];

export const ALARM_KINDS = [
  'known-good-hit',
  'circuit-open',
  'quarantine-full',
  'not-mendable',
  'scan-failed',
] as const;
export type AlarmKind = (typeof ALARM_KINDS)[number];

/** How a site stands for its owner. `unknown`: nothing has looked at it yet. */
export const STANDINGS = ['clean', 'mended', 'attention', 'unknown'] as const;
export type Standing = (typeof STANDINGS)[number];
