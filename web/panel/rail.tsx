import { useTranslations } from 'use-intl';
import { matchPath } from '../path.ts';
import { useAddress } from '../ui/address.tsx';
import { Icon } from '../ui/icon.tsx';
import { Link } from '../ui/link.tsx';
import type { PanelSection, PanelShell } from './route.ts';
import { allowed, useSession } from './session.tsx';

/** The panel's sections this user may enter, in their groups; the one in view is lit. */
export function Rail({ shell }: { shell: PanelShell }) {
  const text = useTranslations('shell');
  const session = useSession();
  const { pathname } = useAddress();
  const current = sectionAt(shell, pathname);
  const sections = shell.sections.filter((section) => allowed(session, section.permission));
  return (
    <div className="panel-nav">
      {groupsOf(sections).map(({ group, members }) => (
        <div key={group ?? ''}>
          {group && <p className="panel-group">{text(`${shell.id}.groups.${group}`)}</p>}
          <ul className="panel-links">
            {members.map((section) => (
              <li key={section.id}>
                <Link
                  href={section.href}
                  aria-current={section.id === current ? 'page' : undefined}
                >
                  <Icon of={section.icon} />
                  {text(`${shell.id}.${section.id}`)}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

function sectionAt(shell: PanelShell, pathname: string): string | null {
  return shell.routes.find((row) => matchPath(row.path.pattern, pathname))?.section ?? null;
}

type Group = { group: string | undefined; members: PanelSection[] };

/** Neighbours of one group stand together under its name. */
function groupsOf(sections: readonly PanelSection[]): Group[] {
  const groups: Group[] = [];
  for (const section of sections) {
    const last = groups.at(-1);
    if (last && section.group === last.group) last.members.push(section);
    else groups.push({ group: section.group, members: [section] });
  }
  return groups;
}
