export type { Block } from './block.ts';
export { renderMail } from './render-mail.ts';
export { messagesRoutes } from './routes.ts';
export { MAIL_GAP, postMails, sendMail, writeMails } from './send-mail.ts';
export type { Mail } from './send-mail.ts';
export { mailTransport } from './mail-transport.ts';
export { selectMessages as messagesOf } from './store.ts';
export type { NewMessage } from './store.ts';
export { verifyMessages } from './verify.ts';
import { deliverMail } from './deliver-mail.ts';

export const messagesAgenda = [deliverMail];
