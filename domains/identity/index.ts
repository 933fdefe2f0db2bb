export { identityRoutes } from './routes.ts';
export { identityJobs } from './jobs.ts';
export { identify } from './identify.ts';
export { PERMISSIONS } from './permissions.ts';
export { CLIENT_SCOPES } from './scopes.ts';
export { addMember, createStaff, createUser } from './create-user.ts';
export { signIn } from './sign-in.ts';
export { addressBlock, spendAttempts } from './attempts.ts';
export { sendVerificationLink } from './verify-email.ts';
export { DEMO_PASSWORD, seedDemoPeople } from './demo.ts';
export {
  selectMembers as membersOf,
  selectPerson as placesOfUser,
  selectStaff as staffOf,
  selectUser as findUser,
  selectUserByEmail as findUserByEmail,
  updateMembersActive as setMembersActive,
} from './store.ts';
