/** By what a log says who sent a message; the node knows which account that is. */
export type MailSender = {
  /** Unix user, or its number. */
  user?: string;
  uid?: number;
  /** The address that signed in, or else the one it was sent from. */
  address?: string;
  /** The script that sent it, as the log has it, one character a byte. */
  script?: string;
};

/**
 * What a line of a mail log adds to somebody's figures. `mta`: the mail server's own count, `php`:
 * what PHP was asked to send, which are the same messages seen earlier.
 */
export type MailFact = {
  source: 'mta' | 'php';
  /** ms since 1970; null where the line has no time that can be read. */
  atMs: number | null;
  by: MailSender;
  messages: number;
  recipients: number;
  bounces: number;
};

/** Who sent the messages that a mail server still works on, by its own name for each. */
export type MessagesInHand = Map<string, MailSender & { counted?: boolean }>;

/** Enough for a queue of any size that a node has; the oldest is forgotten first. */
const MOST_IN_HAND = 5000;

export function takeInHand(
  inHand: MessagesInHand,
  id: string,
  sender: MailSender & { counted?: boolean },
): void {
  inHand.delete(id);
  inHand.set(id, sender);
  if (inHand.size <= MOST_IN_HAND) return;
  const [oldest] = inHand.keys();
  if (oldest !== undefined) inHand.delete(oldest);
}

/** Reads one line, one character a byte, and knows what earlier ones of that log said. */
export type ReadMailLine = (line: string, inHand: MessagesInHand, nowMs: number) => MailFact[];
