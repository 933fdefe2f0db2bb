import { z } from 'zod';

const Settings = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  /** Any PostgreSQL 15 or newer; without it the embedded server is started. */
  DATABASE_URL: z.string().optional(),
  PORT: z.coerce.number().int().min(1).max(65535).default(8080),
  /** Where the embedded services keep what must survive a restart. */
  DATA_DIR: z.string().default('.data'),
  /** A sandbox has a clock that staff can move, a mailbox instead of SMTP, and demo data. */
  SANDBOX: z.stringbool().optional(),
  /** The day on which a fresh sandbox's demo stands, not before 2023-02-01. */
  SANDBOX_TODAY: z.iso.date().default('2023-03-20'),
  SMTP_URL: z.string().optional(),
  /** Where VAT numbers are looked up: https://ec.europa.eu/taxation_customs/vies/rest-api */
  VIES_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** In a sandbox webhooks may also go to this machine, by plain http. */
  WEBHOOKS_LOOPBACK: z.stringbool().default(false),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('warn'),
  /** Signs cookies and derives keys; kept in DATA_DIR when not given. */
  SECRET: z.string().min(32).optional(),
});

export type Config = {
  mode: 'development' | 'test' | 'production';
  databaseUrl: string | undefined;
  port: number;
  dataDir: string;
  sandbox: boolean;
  sandboxToday: Temporal.PlainDate;
  smtpUrl: string | undefined;
  viesUrl: string | undefined;
  webhooksLoopback: boolean;
  logLevel: string;
  secret: string | undefined;
};

/** Reads the environment once, at start; a wrong value stops the process with its name. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const settings = Settings.parse(env);
  const sandbox = settings.SANDBOX ?? settings.NODE_ENV !== 'production';
  return {
    mode: settings.NODE_ENV,
    databaseUrl: settings.DATABASE_URL,
    port: settings.PORT,
    dataDir: settings.DATA_DIR,
    sandbox,
    sandboxToday: Temporal.PlainDate.from(settings.SANDBOX_TODAY),
    smtpUrl: settings.SMTP_URL,
    viesUrl: settings.VIES_URL,
    webhooksLoopback: sandbox && settings.WEBHOOKS_LOOPBACK,
    logLevel: settings.LOG_LEVEL,
    secret: settings.SECRET,
  };
}
