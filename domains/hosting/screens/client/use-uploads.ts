import { useRef, useState } from 'react';
import { useFailureText } from '#web/ui/refusal-text.ts';
import { archiveHref, fileHref, sendFile } from './send-file.ts';

export type Upload = {
  id: number;
  name: string;
  /** 0 to 1; at 1 the server is still writing, or unpacking. */
  share: number;
  state: 'waiting' | 'sending' | 'done' | 'failed';
  refusal: string | null;
};

export type UploadPlan = { file: File; folder: string; unpack: boolean };

/** Sends files one after the other; one that is refused does not hold up the rest. */
export function useUploads(accountId: string, onChanged: () => void) {
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const failureText = useFailureText();
  const lastId = useRef(0);
  const queue = useRef<Promise<void>>(Promise.resolve());

  function change(id: number, changed: Partial<Upload>) {
    setUploads((all) => all.map((one) => (one.id === id ? { ...one, ...changed } : one)));
  }

  async function send(id: number, { file, folder, unpack }: UploadPlan) {
    change(id, { state: 'sending' });
    const path = folder === '' ? file.name : `${folder}/${file.name}`;
    const href = unpack ? archiveHref(accountId, folder) : fileHref(accountId, path);
    try {
      await sendFile(href, file, (share) => change(id, { share }));
      change(id, { state: 'done', share: 1 });
    } catch (error) {
      change(id, { state: 'failed', refusal: failureText(error) });
    }
    onChanged();
  }

  function start(plans: readonly UploadPlan[]) {
    const made = plans.map((plan) => ({ id: (lastId.current += 1), plan }));
    const fresh = made.map(({ id, plan }): Upload => {
      return { id, name: plan.file.name, share: 0, state: 'waiting', refusal: null };
    });
    setUploads((all) => [...all.filter(({ state }) => state !== 'done'), ...fresh]);
    for (const { id, plan } of made) {
      queue.current = queue.current.then(() => send(id, plan));
    }
  }

  return { uploads, start, clear: () => setUploads([]) };
}
