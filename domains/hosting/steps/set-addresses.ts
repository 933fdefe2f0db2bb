import type { HeldComponent } from '../delivery-facts.ts';
import type { PackageAddress } from '../package-account.ts';
import { changePackage, packageStep } from './package-step.ts';
import { notOk } from './server-answer.ts';
import type { Save, StepOutcome } from './step.ts';

/**
 * Gives the package the addresses that are held and takes back the others. Each has a reference
 * of its own, so asking again brings the same address.
 */
export const setAddressesStep = packageStep(
  async ({ account, held }, { server, capabilities }): Promise<StepOutcome> => {
    if (!capabilities.dedicatedAddress) {
      const message = 'this server has no addresses to give';
      return { kind: 'refused', code: 'server-cannot', message };
    }
    const wanted = held.flatMap(addressRefs);
    const addresses: PackageAddress[] = [...account.addresses];
    const save: Save = async (ctx) => {
      await changePackage(ctx, account.id, (before) => ({ ...before, addresses }));
    };
    for (const { ref } of account.addresses) {
      if (wanted.includes(ref)) continue;
      const answer = await server.releaseAddress(account.id, ref);
      if (answer.kind !== 'ok') return { ...notOk(answer), save };
      addresses.splice(
        addresses.findIndex((one) => one.ref === ref),
        1,
      );
    }
    for (const ref of wanted) {
      const answer = await server.assignAddress(account.id, ref);
      if (answer.kind !== 'ok') return { ...notOk(answer), save };
      const given = { ref, address: answer.value.address };
      const place = addresses.findIndex((one) => one.ref === ref);
      addresses.splice(place < 0 ? addresses.length : place, place < 0 ? 0 : 1, given);
    }
    const message = addresses.map(({ address }) => address).join(', ');
    return { kind: 'done', message, save };
  },
);

function addressRefs({ entitlement, component, quantity }: HeldComponent): string[] {
  if (component.kind !== 'address') return [];
  return Array.from({ length: quantity }, (_, index) => `${entitlement.id}:${index + 1}`);
}
