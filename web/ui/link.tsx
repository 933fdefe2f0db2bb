import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import { useNavigation } from './navigation.tsx';

export type LinkProps = AnchorHTMLAttributes<HTMLAnchorElement> & { href: string };

/** An `<a>` that moves inside the panel without a document load when the shell owns the address. */
export function Link({ onClick, ...rest }: LinkProps) {
  const navigation = useNavigation();
  const owned = navigation.owns(rest.href) && !rest.target && rest.download === undefined;
  function follow(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event);
    if (event.defaultPrevented || !owned || isNewTabClick(event)) return;
    event.preventDefault();
    navigation.go(rest.href);
  }
  return (
    <a {...rest} onClick={follow} onPointerEnter={() => owned && navigation.warm?.(rest.href)} />
  );
}

function isNewTabClick(event: MouseEvent): boolean {
  return event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
}
