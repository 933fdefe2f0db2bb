import { extensionKind } from '#platform/extensions.ts';

export type OutgoingMail = {
  /** Our message id, for the receiving side to recognise a mail that is sent twice. */
  id: string;
  from: string;
  to: string;
  subject: string;
  html: string;
  text: string;
};

/** Where mail goes. A sandbox registers none: its mailbox is the screen that shows them. */
export type MailTransport = {
  id: 'mail';
  /** Resolves when the next server has taken the mail; rejects with a reason otherwise. */
  send(mail: OutgoingMail): Promise<void>;
};

export const mailTransport = extensionKind<MailTransport>('mail-transport');
