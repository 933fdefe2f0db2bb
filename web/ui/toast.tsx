import { IconX } from '@tabler/icons-react';
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import { useTranslations } from 'use-intl';
import './dialog.css';
import { Icon } from './icon.tsx';
import { IconButton } from './icon-button.tsx';
import './toast.css';
import { TONE_ICON } from './tone.ts';

export type ToastTone = 'good' | 'bad' | 'info';
type Toast = { id: number; tone: ToastTone; words: ReactNode };
type Say = (words: ReactNode, tone?: ToastTone) => void;

const SHOWN_MS = 6000;
const KEPT_MAX = 3;

const ToastContext = createContext<Say>(() => {});

/** `const say = useToast()`: a word on what was done, never the only sign of it. */
export function useToast(): Say {
  return useContext(ToastContext);
}

let lastId = 0;

export function ToastProvider({ children }: { children: ReactNode }) {
  const text = useTranslations('ui');
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const drop = useCallback((id: number) => {
    setToasts((shown) => shown.filter((toast) => toast.id !== id));
  }, []);
  const say = useCallback<Say>(
    (words, tone = 'good') => {
      lastId += 1;
      const toast = { id: lastId, tone, words };
      setToasts((shown) => [...shown.slice(1 - KEPT_MAX), toast]);
      if (tone !== 'bad') setTimeout(() => drop(toast.id), SHOWN_MS);
    },
    [drop],
  );
  return (
    <ToastContext value={say}>
      {children}
      <div className="ui-toasts" role="status" aria-live="polite">
        {toasts.map((toast) => (
          <div key={toast.id} className={`ui-toast ui-toast-${toast.tone}`}>
            <Icon of={TONE_ICON[toast.tone]} />
            <p>{toast.words}</p>
            <IconButton
              size="small"
              icon={IconX}
              label={text('close')}
              onClick={() => drop(toast.id)}
            />
          </div>
        ))}
      </div>
    </ToastContext>
  );
}
