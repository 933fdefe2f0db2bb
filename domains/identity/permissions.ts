/** What staff may be allowed to do: the one list. An operation names one of these. */
export const PERMISSIONS = [
  'clients.read',
  'clients.write',
  'orders.read',
  'orders.write',
  'subscriptions.read',
  'subscriptions.write',
  'invoices.read',
  'invoices.write',
  'payments.read',
  'payments.confirm',
  'payments.refund',
  'catalog.read',
  'catalog.write',
  'brands.read',
  'brands.write',
  'sellers.read',
  'sellers.write',
  'licences.read',
  'licences.write',
  'hosting.read',
  'hosting.write',
  'protection.read',
  'protection.write',
  'deliveries.read',
  'deliveries.retry',
  'messages.read',
  'messages.write',
  'support.read',
  'support.write',
  'webhooks.read',
  'webhooks.write',
  'ledger.read',
  'reports.read',
  'events.read',
  'jobs.read',
  'jobs.retry',
  'audit.read',
  'clock.read',
  'clock.move',
  'staff.read',
  'staff.write',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

export const STAFF_ROLES = ['owner', 'billing', 'support', 'technician'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** What only some roles may look at. */
const RESERVED: readonly Permission[] = ['audit.read', 'reports.read', 'webhooks.read'];

const EVERY_READ: readonly Permission[] = PERMISSIONS.filter(
  (permission) => permission.endsWith('.read') && !RESERVED.includes(permission),
);

const OF_ROLE: Readonly<Record<StaffRole, readonly Permission[]>> = {
  owner: PERMISSIONS,
  billing: [
    ...EVERY_READ,
    'reports.read',
    'clients.write',
    'orders.write',
    'invoices.write',
    'payments.confirm',
    'payments.refund',
    'support.write',
  ],
  support: [...EVERY_READ, 'clients.write', 'deliveries.retry', 'messages.write', 'support.write'],
  technician: [
    ...EVERY_READ,
    'hosting.write',
    'licences.write',
    'protection.write',
    'deliveries.retry',
    'support.write',
    'webhooks.read',
    'webhooks.write',
    'jobs.retry',
  ],
};

export function isStaffRole(text: string): text is StaffRole {
  return (STAFF_ROLES as readonly string[]).includes(text);
}

/** The machine is the operator's: its clock and its jobs are nothing a reseller sees. */
const OF_THE_MACHINE: readonly string[] = ['clock.read', 'clock.move', 'jobs.read', 'jobs.retry'];

/** What of their permissions staff can use: a reseller's own the shop, not the machine. */
export function usablePermissions(permissions: readonly string[], isOperator: boolean): string[] {
  return permissions.filter((one) => isOperator || !OF_THE_MACHINE.includes(one));
}

/** A role the program no longer knows allows nothing. */
export function permissionsOf(role: string): readonly Permission[] {
  return isStaffRole(role) ? OF_ROLE[role] : [];
}
