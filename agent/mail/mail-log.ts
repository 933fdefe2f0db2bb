import { z } from 'zod';

/** A log that names who sends: `exim:/var/log/exim4/mainlog`, `postfix:/var/log/mail.log`, … */
export const mailLog = z
  .string()
  .regex(/^(exim|postfix|php):\/[^\0]{1,1024}$/, 'Use exim:, postfix: or php: and a path from /')
  .transform((text) => {
    const colon = text.indexOf(':');
    const kind = text.slice(0, colon) as 'exim' | 'postfix' | 'php';
    return { kind, path: text.slice(colon + 1) };
  });
export type MailLog = z.output<typeof mailLog>;
