import { PermissionGate, usePermissions, useTenant } from '@authstack/react'
import { useState } from 'react'
import { RowsSkeleton } from '../parts/page-skeleton.tsx'
import type { Project } from '../projects/project-api.ts'
import { DeleteDialog, NameDialog } from '../projects/project-dialogs.tsx'
import { ProjectRow } from '../projects/project-row.tsx'
import { useProjects } from '../projects/use-projects.ts'
import { useTitle } from '../use-title.ts'

type Open = { kind: 'new' } | { kind: 'rename' | 'delete'; project: Project } | null

/** The home page: the current organization's projects. */
export function ProjectsPage() {
  useTitle('Projects')
  const { currentOrganization } = useTenant()
  const { state, reload, create, rename, remove } = useProjects()
  const [open, setOpen] = useState<Open>(null)
  const [said, setSaid] = useState('')
  const close = () => setOpen(null)

  return (
    <>
      <div className="page-head">
        <div>
          <h1>Projects</h1>
          <p className="lead">What {currentOrganization?.name} is working on.</p>
        </div>
        <PermissionGate permission="projects:create">
          <button
            type="button"
            className="button button-primary"
            onClick={() => setOpen({ kind: 'new' })}
          >
            New project
          </button>
        </PermissionGate>
      </div>

      {state.status === 'loading' && <RowsSkeleton />}
      {state.status === 'failed' && (
        <div className="panel empty" role="alert">
          <p>{state.message}</p>
          <button type="button" className="button" onClick={reload}>
            Try again
          </button>
        </div>
      )}
      {state.status === 'ready' && state.projects.length === 0 && <NoProjects />}
      {state.status === 'ready' && state.projects.length > 0 && (
        <ul className="panel project-list">
          {state.projects.map((project) => (
            <ProjectRow
              key={project.id}
              project={project}
              onRename={() => setOpen({ kind: 'rename', project })}
              onDelete={() => setOpen({ kind: 'delete', project })}
            />
          ))}
        </ul>
      )}
      <p className="visually-hidden" role="status">
        {said}
      </p>

      {open?.kind === 'new' && (
        <NameDialog
          title="New project"
          action="Create project"
          onClose={close}
          onSave={async (name) => {
            await create(name)
            setSaid(`${name} was created.`)
          }}
        />
      )}
      {open?.kind === 'rename' && (
        <NameDialog
          title="Rename project"
          action="Rename project"
          name={open.project.name}
          onClose={close}
          onSave={async (name) => {
            await rename(open.project.id, name)
            setSaid(`The project is now called ${name}.`)
          }}
        />
      )}
      {open?.kind === 'delete' && (
        <DeleteDialog
          project={open.project}
          onClose={close}
          onDelete={async () => {
            await remove(open.project.id)
            setSaid(`${open.project.name} was deleted.`)
          }}
        />
      )}
    </>
  )
}

function NoProjects() {
  const { hasPermission } = usePermissions()
  return (
    <div className="panel empty">
      <h2>Nothing here yet</h2>
      <p>
        {hasPermission('projects:create')
          ? 'Create the first one: everyone in your organization will see it.'
          : 'When someone in your organization creates one, it appears here.'}
      </p>
    </div>
  )
}
