import { type FormEvent, useId, useState } from 'react'
import { Dialog } from '../parts/dialog.tsx'
import type { Project } from './project-api.ts'

/** Asks for a name; `onSave` may refuse it, and its sentence is then shown beside the field. */
export function NameDialog(props: {
  title: string
  action: string
  name?: string
  onSave: (name: string) => Promise<void>
  onClose: () => void
}) {
  const { isBusy, failure, run, fail } = useAction(props.onClose)
  const [name, setName] = useState(props.name ?? '')
  const id = useId()
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (!name.trim()) return fail('Give the project a name.')
    run(() => props.onSave(name.trim()))
  }
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <form onSubmit={save} noValidate>
        <label htmlFor={id}>Name</label>
        <input
          id={id}
          className="input"
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={80}
          autoComplete="off"
          aria-invalid={failure ? true : undefined}
          aria-describedby={failure ? `${id}-failure` : undefined}
          autoFocus
        />
        {failure && (
          <p className="failure" id={`${id}-failure`} role="alert">
            {failure}
          </p>
        )}
        <div className="dialog-actions">
          <button type="button" className="button" onClick={props.onClose}>
            Cancel
          </button>
          <button type="submit" className="button button-primary" disabled={isBusy}>
            {props.action}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

/** Says what will be gone before it is. */
export function DeleteDialog(props: {
  project: Project
  onDelete: () => Promise<void>
  onClose: () => void
}) {
  const { isBusy, failure, run } = useAction(props.onClose)
  return (
    <Dialog title="Delete project" onClose={props.onClose}>
      <p>
        <strong className="wrap">{props.project.name}</strong> will be deleted for everyone in your
        organization. This cannot be undone.
      </p>
      {failure && (
        <p className="failure" role="alert">
          {failure}
        </p>
      )}
      <div className="dialog-actions">
        <button type="button" className="button" onClick={props.onClose}>
          Keep it
        </button>
        <button
          type="button"
          className="button button-danger"
          onClick={() => run(props.onDelete)}
          disabled={isBusy}
        >
          Delete project
        </button>
      </div>
    </Dialog>
  )
}

/** Runs what a dialog was opened for: closes it when that worked, shows the reason when not. */
function useAction(onDone: () => void) {
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState('')
  const run = async (action: () => Promise<void>) => {
    setBusy(true)
    setFailure('')
    try {
      await action()
      onDone()
    } catch (error) {
      setFailure(error instanceof Error ? error.message : 'That did not work. Try again.')
      setBusy(false)
    }
  }
  return { isBusy, failure, run, fail: setFailure }
}
