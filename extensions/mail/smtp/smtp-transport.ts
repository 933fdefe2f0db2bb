import { createTransport } from 'nodemailer';
import type { MailTransport } from '#domains/messages/mail-transport.ts';

const TIMEOUT_MS = 30_000;

/**
 * Hands mail to an SMTP server: `smtps://user:password@host:465`, or `smtp://host:587`, which is
 * upgraded to TLS where the server offers it. `Message-ID` is our own id, so that a mail sent
 * again after a lost answer can be recognised as the same.
 */
export function smtpTransport(url: string): MailTransport {
  const server = createTransport(url, {
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as object);
  return {
    id: 'mail',
    send: async (mail) => {
      await server.sendMail({
        from: mail.from,
        to: mail.to,
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        messageId: `<${mail.id}@stoika>`,
      });
    },
  };
}
