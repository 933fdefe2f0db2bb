export { seedDemoTickets } from './demo.ts';
export type { DemoTalk } from './demo.ts';
export {
  ticketAnswered,
  ticketClosed,
  ticketOpened,
  ticketReopened,
  ticketReplied,
} from './events.ts';
export { supportRoutes } from './routes.ts';
export { supportSubscribers } from './subscribers.ts';
export { verifySupport } from './verify.ts';
