import { PermissionGate, usePermissions, useTenant } from '@authstack/react'
import { useState } from 'react'
import { RowsSkeleton } from '../parts/page-skeleton.tsx'
import { type Open, OpenDialog } from '../projects/open-dialog.tsx'
import { ProjectRow } from '../projects/project-row.tsx'
import { useProjects } from '../projects/use-projects.ts'
import { useTitle } from '../use-title.ts'

/** The home page: the current organization's projects. */
export function ProjectsPage() {
  useTitle('Projects')
  const { currentOrganization } = useTenant()
  const projects = useProjects()
  const { state, reload } = projects
  const [open, setOpen] = useState<Open>(null)
  const [said, setSaid] = useState('')

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

      <OpenDialog open={open} projects={projects} onClose={() => setOpen(null)} onDone={setSaid} />
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
