import type { Project } from './project-api.ts'
import { DeleteDialog, NameDialog } from './project-dialogs.tsx'
import type { useProjects } from './use-projects.ts'

/** Which dialog is open, and of which project. */
export type Open = { kind: 'new' } | { kind: 'rename' | 'delete'; project: Project } | null

interface OpenDialogProps {
  open: Open
  projects: Pick<ReturnType<typeof useProjects>, 'create' | 'rename' | 'remove'>
  onClose: () => void
  /** What was done, for those who do not see the list change. */
  onDone: (sentence: string) => void
}

/** The dialog that is open, with what its button does. */
export function OpenDialog({ open, projects, onClose, onDone }: OpenDialogProps) {
  if (!open) return null
  if (open.kind === 'new') {
    return (
      <NameDialog
        title="New project"
        action="Create project"
        onClose={onClose}
        onSave={async (name) => {
          await projects.create(name)
          onDone(`${name} was created.`)
        }}
      />
    )
  }
  const { project } = open
  if (open.kind === 'rename') {
    return (
      <NameDialog
        title="Rename project"
        action="Rename project"
        name={project.name}
        onClose={onClose}
        onSave={async (name) => {
          await projects.rename(project.id, name)
          onDone(`The project is now called ${name}.`)
        }}
      />
    )
  }
  return (
    <DeleteDialog
      project={project}
      onClose={onClose}
      onDelete={async () => {
        await projects.remove(project.id)
        onDone(`${project.name} was deleted.`)
      }}
    />
  )
}
