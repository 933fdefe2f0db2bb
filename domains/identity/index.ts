export { identityContract, EmailWire, LanguageWire, NewPasswordWire } from './contract.ts';
export { identityRoutes } from './routes.ts';
export { identityJobs } from './jobs.ts';
export { identify } from './identify.ts';
export { PERMISSIONS, permissionsOf, STAFF_ROLES } from './permissions.ts';
export type { Permission, StaffRole } from './permissions.ts';
export { CLIENT_SCOPES } from './scopes.ts';
export type { ClientScope } from './scopes.ts';
export { addMember, addStaff, createStaff, createUser } from './create-user.ts';
export type { NewUser } from './create-user.ts';
export { DEMO_PASSWORD, seedDemoPeople } from './demo.ts';
export type { DemoLogin } from './demo.ts';
export { createApiKey } from './api-keys.ts';
export { signIn } from './sign-in.ts';
export { addressBlock, spendAttempts } from './attempts.ts';
export { sendVerificationLink } from './verify-email.ts';
export {
  selectMembers as membersOf,
  selectPerson as placesOfUser,
  selectUser as findUser,
  selectUserByEmail as findUserByEmail,
  updateMembersActive as setMembersActive,
} from './store.ts';
export type { User } from './store.ts';
