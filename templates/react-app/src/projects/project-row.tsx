import { PermissionGate } from '@authstack/react'
import { useId, useRef } from 'react'
import type { Project } from './project-api.ts'

/** One project with the actions that the person's role allows. */
export function ProjectRow(props: {
  project: Project
  onRename: () => void
  onDelete: () => void
}) {
  const { project } = props
  return (
    <li className="project-row">
      <span className="project-name" title={project.name}>
        {project.name}
      </span>
      <time dateTime={project.createdAt} title={new Date(project.createdAt).toLocaleString()}>
        {relativeTime(project.createdAt)}
      </time>
      <PermissionGate permission={['projects:edit', 'projects:delete']}>
        <ActionMenu {...props} />
      </PermissionGate>
    </li>
  )
}

function ActionMenu({
  project,
  onRename,
  onDelete,
}: {
  project: Project
  onRename: () => void
  onDelete: () => void
}) {
  const id = useId()
  const menu = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const choose = (action: () => void) => () => {
    menu.current?.hidePopover()
    action()
  }
  // A popover is drawn in the top layer, so it is placed by hand, next to its button.
  const place = () => {
    const box = button.current?.getBoundingClientRect()
    if (!box || !menu.current) return
    menu.current.style.top = `${box.bottom + 4}px`
    menu.current.style.insetInlineEnd = `${document.documentElement.clientWidth - box.right}px`
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        className="icon-button"
        popoverTarget={id}
        onClick={place}
        aria-label={`Actions for ${project.name}`}
      >
        <svg width="16" height="16" viewBox="0 0 16 16" fill="currentColor" aria-hidden="true">
          <circle cx="3" cy="8" r="1.5" />
          <circle cx="8" cy="8" r="1.5" />
          <circle cx="13" cy="8" r="1.5" />
        </svg>
      </button>
      <div ref={menu} id={id} popover="auto" className="menu">
        <PermissionGate permission="projects:edit">
          <button type="button" onClick={choose(onRename)}>
            Rename
          </button>
        </PermissionGate>
        <PermissionGate permission="projects:delete">
          <button type="button" className="danger" onClick={choose(onDelete)}>
            Delete
          </button>
        </PermissionGate>
      </div>
    </>
  )
}

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]

function relativeTime(iso: string): string {
  const seconds = (new Date(iso).getTime() - Date.now()) / 1000
  const format = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' })
  const [unit, size] = units.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1]
  return unit === 'second'
    ? format.format(0, 'second')
    : format.format(Math.round(seconds / size), unit)
}
