/** The HTTP status of a refusal, read from how its code ends; one table instead of one per domain. */
const BY_ENDING: readonly [RegExp, number][] = [
  [/-not-found$/, 404],
  [/^(not-signed-in|wrong-credentials|second-factor-wrong)$/, 401],
  [/^(not-allowed|request-mark-missing|scope-missing)$/, 403],
  [/^(too-many-requests|too-many-attempts)$/, 429],
  [/^(balance-too-low|wallet-too-low)$/, 402],
  [/^(input-invalid|.*-invalid|.*-missing|.*-unknown|.*-too-(long|short|large|many))$/, 422],
];

/** 409 unless the code says otherwise: the state of things forbids it. */
export function refusalStatus(code: string): number {
  return BY_ENDING.find(([pattern]) => pattern.test(code))?.[1] ?? 409;
}
