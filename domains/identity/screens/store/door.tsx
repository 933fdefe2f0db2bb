import type { ReactNode } from 'react';
import './door.css';

export type DoorProps = {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
  /** Other ways from here: to sign up, to a forgotten password. */
  ways?: ReactNode;
};

/** A narrow page with one form: everything before somebody is in. */
export function Door({ title, lead, children, ways }: DoorProps) {
  return (
    <div className="door">
      <h1>{title}</h1>
      {lead && <p className="door-lead">{lead}</p>}
      {children}
      {ways && <div className="door-ways">{ways}</div>}
    </div>
  );
}
