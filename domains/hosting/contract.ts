import { planOperations, staffPlanOperations } from '#domains/orders/contract.ts';
import { accountContract } from './contract/account-contract.ts';
import { fileContract } from './contract/file-contract.ts';
import { packageContract } from './contract/package-contract.ts';
import { staffContract } from './contract/staff-contract.ts';

/** What a client has on servers and does with it, and what staff see of deliveries and nodes. */
export const hostingContract = {
  package: packageContract,
  accounts: accountContract,
  files: fileContract,
  plans: planOperations,
  staffPlans: staffPlanOperations,
  admin: staffContract,
};

/** Filters of the staff's list offer these. */
export { DELIVERY_KINDS, DELIVERY_STATES } from './delivery-words.ts';
