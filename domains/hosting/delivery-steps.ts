import type { StepName } from './delivery-words.ts';
import { checkPackageStep } from './steps/check-package.ts';
import { chooseNodeStep } from './steps/choose-node.ts';
import { createPackageStep } from './steps/create-package.ts';
import { deletePackageStep } from './steps/delete-package.ts';
import { receiveKeyStep, requestLicenceStep } from './steps/licence-steps.ts';
import { setAddressesStep } from './steps/set-addresses.ts';
import { setLimitsStep } from './steps/set-limits.ts';
import { setProtectionStep } from './steps/set-protection.ts';
import { setSuspensionStep } from './steps/set-suspension.ts';
import type { Step } from './steps/step.ts';

/** What stands behind each step's name. */
export const STEPS: Readonly<Record<StepName, Step>> = {
  'choose-node': chooseNodeStep,
  'create-package': createPackageStep,
  'check-package': checkPackageStep,
  'set-limits': setLimitsStep,
  'set-addresses': setAddressesStep,
  'set-protection': setProtectionStep,
  'request-licence': requestLicenceStep,
  'receive-key': receiveKeyStep,
  'set-suspension': setSuspensionStep,
  'delete-package': deletePackageStep,
};
