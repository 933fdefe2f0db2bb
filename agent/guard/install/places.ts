import { join } from 'node:path';

/** Where an installed agent has what. `root` is `/`, or the folder of an image that is being made. */
export function placesIn(root: string) {
  const at = (path: string) => join(root, path);
  return {
    root,
    program: at('/opt/stoika-guard'),
    settings: at('/etc/stoika-guard'),
    data: at('/var/lib/stoika-guard'),
    command: at('/usr/local/bin/stoika-guard'),
    unit: at('/etc/systemd/system/stoika-guard.service'),
  };
}

export type Places = ReturnType<typeof placesIn>;

/** As the installed system sees it, whatever root it is being made in. */
export const INSTALLED = placesIn('/');
export const UNIT = 'stoika-guard.service';
