import './logo.css';
import { Link } from './link.tsx';

export type LogoProps = { name: string; href: string; imageUrl?: string | null };

/** A brand's mark and name; brands without a picture get our rack, in their accent. */
export function Logo({ name, href, imageUrl }: LogoProps) {
  return (
    <Link className="ui-logo" href={href}>
      {imageUrl ? <img src={imageUrl} alt={name} /> : <RackMark />}
      {!imageUrl && name}
    </Link>
  );
}

/** Three shelves of a rack on a counter. */
export function RackMark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="currentColor" aria-hidden>
      <rect x="4" y="2" width="16" height="5" rx="1.5" />
      <rect x="4" y="9" width="16" height="5" rx="1.5" opacity="0.6" />
      <rect x="4" y="16" width="7" height="3" rx="1" opacity="0.35" />
      <rect x="1" y="20.5" width="22" height="2" rx="1" />
    </svg>
  );
}
