import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { choosePlace, startStoika } from '../harness/stoika-process.ts';

export const DEMO_PASSWORD = 'stoika-demo-password';

/** A whole Stoika of its own, as `npm start` starts it: the demo, its vendors, its clock. */
export type AppInstance = {
  /** `http://localhost:…`: the operator's shop, the client area and the staff's panel. */
  origin: string;
  port: number;
  stop(): Promise<void>;
};

/** Starts one with a fresh demo; `today` is the day on which its business stands. */
export async function startApp(
  options: { today?: string; env?: Record<string, string> } = {},
): Promise<AppInstance> {
  const dataDir = mkdtempSync(join(tmpdir(), 'stoika-app-'));
  const place = await choosePlace(dataDir);
  const today: Record<string, string> = options.today ? { SANDBOX_TODAY: options.today } : {};
  const env = { ...today, ...options.env };
  const stoika = startStoika(place, { env });
  const stop = async (): Promise<void> => {
    await stoika.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await stoika.ready;
  } catch (error) {
    await stop();
    throw error;
  }
  return { origin: stoika.url, port: place.port, stop };
}
