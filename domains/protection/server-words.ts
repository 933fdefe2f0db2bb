/** fanotify: file systems as a whole. tree: a watch for each folder. */
export const WATCHERS = ['fanotify', 'tree'] as const;

/** silent: it has joined, and has not been heard of for minutes. */
export const SERVER_STATES = ['joining', 'joined', 'silent', 'revoked'] as const;
export type ServerState = (typeof SERVER_STATES)[number];
