export const DELIVERY_STATES = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export const DELIVERY_KINDS = [
  'package',
  'capacity',
  'plan',
  'address',
  'licence',
  'protection',
  'release-capacity',
  'release-address',
  'release-protection',
  'suspend',
  'unsuspend',
  'terminate',
] as const;
export type DeliveryKind = (typeof DELIVERY_KINDS)[number];

export const STEP_NAMES = [
  'choose-node',
  'create-package',
  'check-package',
  'set-limits',
  'set-addresses',
  'set-protection',
  'request-licence',
  'receive-key',
  'set-suspension',
  'delete-package',
] as const;
export type StepName = (typeof STEP_NAMES)[number];

export const STEP_STATES = ['waiting', 'running', 'done', 'failed'] as const;
export type StepState = (typeof STEP_STATES)[number];
