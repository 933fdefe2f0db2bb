import type { Icon as TablerIcon } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';
import { Link } from './link.tsx';
import './menu.css';

export type MenuItem =
  | { kind: 'line' }
  | {
      kind?: 'item';
      label: ReactNode;
      icon?: TablerIcon;
      danger?: boolean;
      disabled?: boolean;
      /** The choice in force, in menus that choose. */
      current?: boolean;
      /** Goes there, or does that. */
      href?: string;
      onSelect?: () => void;
      lang?: string;
    };

export type MenuProps = {
  /** Draws the button; spread what it is given. */
  trigger: (props: MenuTriggerProps) => ReactNode;
  label: string;
  head?: ReactNode;
  items: readonly (MenuItem | false | null)[];
};

export type MenuTriggerProps = {
  popoverTarget: string;
  'aria-haspopup': 'menu';
};

/** A short list of things to do, in the browser's own popover: Escape and a click outside close it. */
export function Menu({ trigger, label, head, items }: MenuProps) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const close = () => list.current?.hidePopover();
  return (
    <span className="ui-menu-anchor">
      {trigger({ popoverTarget: id, 'aria-haspopup': 'menu' })}
      <div
        ref={list}
        id={id}
        popover="auto"
        role="menu"
        aria-label={label}
        className="ui-menu"
        onKeyDown={moveInMenu}
        onToggle={(event) => event.newState === 'open' && focusFirst(event.currentTarget)}
      >
        {head && (
          <div className="ui-menu-head" role="presentation">
            {head}
          </div>
        )}
        {items.map((item, index) => item && <Item key={index} item={item} close={close} />)}
      </div>
    </span>
  );
}

function Item({ item, close }: { item: MenuItem; close: () => void }) {
  if (item.kind === 'line') return <hr className="ui-menu-line" />;
  const look = classes('ui-menu-item', item.danger && 'ui-menu-item-danger');
  const shared = {
    role: 'menuitem',
    className: look,
    tabIndex: -1,
    lang: item.lang,
    'aria-current': item.current || undefined,
  } as const;
  const face = (
    <>
      {item.icon && <Icon of={item.icon} />}
      {item.label}
    </>
  );
  function select() {
    close();
    if (item.kind !== 'line') item.onSelect?.();
  }
  if (item.href !== undefined) {
    return (
      <Link {...shared} href={item.href} onClick={select}>
        {face}
      </Link>
    );
  }
  return (
    <button {...shared} type="button" disabled={item.disabled} onClick={select}>
      {face}
    </button>
  );
}

function entriesOf(list: Element): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>('[role=menuitem]:not(:disabled)')];
}

function focusFirst(list: Element) {
  const entries = entriesOf(list);
  (entries.find((entry) => entry.ariaCurrent === 'true') ?? entries[0])?.focus();
}

function moveInMenu(event: KeyboardEvent<HTMLDivElement>) {
  const entries = entriesOf(event.currentTarget);
  const current = entries.indexOf(document.activeElement as HTMLElement);
  const next: Record<string, number> = {
    ArrowDown: (current + 1) % entries.length,
    ArrowUp: (current - 1 + entries.length) % entries.length,
    Home: 0,
    End: entries.length - 1,
  };
  const index = next[event.key];
  if (index === undefined) return;
  event.preventDefault();
  entries[index]?.focus();
}
