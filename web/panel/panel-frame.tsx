import { IconMenu2, IconX } from '@tabler/icons-react';
import { Outlet } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useAddress } from '../ui/address.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Logo } from '../ui/logo.tsx';
import './panel.css';
import { Rail } from './rail.tsx';
import type { PanelShell } from './route.ts';
import { useSession } from './session.tsx';
import { TopBar } from './top-bar.tsx';

/** Rail on the left, bar on top, the screen between. On a phone the rail opens over the screen. */
export function PanelFrame({ shell }: { shell: PanelShell }) {
  const text = useTranslations('shell');
  const { brand } = useSession();
  const { pathname } = useAddress();
  const [open, setOpen] = useState(false);
  const content = useRef<HTMLElement>(null);
  const seen = useRef(pathname);
  // A new screen: the rail closes, and those who do not see it are taken to its beginning.
  useEffect(() => {
    if (seen.current === pathname) return;
    seen.current = pathname;
    setOpen(false);
    content.current?.focus({ preventScroll: true });
  }, [pathname]);
  return (
    <div className="panel" data-rail={open ? 'open' : undefined}>
      <a className="panel-skip" href="#content">
        {text('skip')}
      </a>
      <nav className="panel-rail" aria-label={text('sections')}>
        <div className="panel-brand">
          <Logo name={brand.name} href={shell.homeHref} />
          <span className="panel-rail-close">
            <IconButton icon={IconX} label={text('menu')} onClick={() => setOpen(false)} />
          </span>
        </div>
        <Rail shell={shell} />
      </nav>
      <button
        type="button"
        className="panel-shade"
        tabIndex={-1}
        aria-hidden
        onClick={() => setOpen(false)}
      />
      <div className="panel-main">
        <TopBar
          shell={shell}
          menu={<IconButton icon={IconMenu2} label={text('menu')} onClick={() => setOpen(true)} />}
        />
        <main ref={content} className="panel-content" id="content" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
    </div>
  );
}
