import { useOrganizations, usePermissions, useTenant } from '@authstack/react'
import { type FormEvent, useState } from 'react'
import { useNavigate } from 'react-router'
import { hostedPage } from '../instance-pages.ts'
import { Dialog } from '../parts/dialog.tsx'
import type { Settings } from '../read-settings.ts'
import { useTitle } from '../use-title.ts'

/** The organization's name and address, and the way out of it. */
export function SettingsPage({ settings }: { settings: Settings }) {
  useTitle('Settings')
  return (
    <>
      <h1>Settings</h1>
      <OrganizationDetails />
      <section className="panel section">
        <h2>Your account</h2>
        <p>Your name, and the devices you are signed in on.</p>
        <a className="button" href={hostedPage(settings, '/account')}>
          Open your account
        </a>
      </section>
      <LeaveOrganization />
    </>
  )
}

function OrganizationDetails() {
  const { currentOrganization } = useTenant()
  const { update } = useOrganizations()
  const { hasPermission } = usePermissions()
  const [name, setName] = useState(currentOrganization?.name ?? '')
  const [outcome, setOutcome] = useState<{ isGood: boolean; text: string } | null>(null)
  const [isBusy, setBusy] = useState(false)
  if (!currentOrganization) return null
  const mayEdit = hasPermission('organization:settings:edit')

  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (!name.trim()) return setOutcome({ isGood: false, text: 'Give the organization a name.' })
    setBusy(true)
    setOutcome(null)
    try {
      await update(currentOrganization.id, { name: name.trim() })
      setOutcome({ isGood: true, text: 'Saved.' })
    } catch (error) {
      setOutcome({ isGood: false, text: error instanceof Error ? error.message : 'Not saved.' })
    }
    setBusy(false)
  }

  return (
    <section className="panel section">
      <h2>Organization</h2>
      <form onSubmit={save} noValidate>
        <label htmlFor="organization-name">Name</label>
        <input
          id="organization-name"
          className="input"
          value={name}
          maxLength={80}
          readOnly={!mayEdit}
          onChange={(event) => setName(event.target.value)}
          aria-describedby="organization-outcome"
        />
        <dl className="facts">
          <dt>Short name</dt>
          <dd>{currentOrganization.slug}</dd>
          <dt>Your role</dt>
          <dd>{currentOrganization.role}</dd>
          <dt>Plan</dt>
          <dd>{currentOrganization.plan}</dd>
        </dl>
        <div className="form-foot">
          {mayEdit ? (
            <button type="submit" className="button button-primary" disabled={isBusy}>
              Save changes
            </button>
          ) : (
            <p className="hint">Only people who may edit the organization can change this.</p>
          )}
          <p
            id="organization-outcome"
            role="status"
            className={outcome?.isGood === false ? 'failure' : 'success'}
          >
            {outcome?.text}
          </p>
        </div>
      </form>
    </section>
  )
}

function LeaveOrganization() {
  const { currentOrganization } = useTenant()
  const { leave } = useOrganizations()
  const navigate = useNavigate()
  const [isOpen, setOpen] = useState(false)
  const [failure, setFailure] = useState('')
  if (!currentOrganization) return null
  const go = async () => {
    setFailure('')
    try {
      await leave(currentOrganization.id)
      navigate('/')
    } catch (error) {
      const isLastOwner = (error as { code?: string }).code === 'last_owner'
      setFailure(
        isLastOwner
          ? 'You are its only owner. Make someone else an owner first.'
          : (error as Error).message,
      )
    }
  }
  return (
    <section className="panel section">
      <h2>Leave the organization</h2>
      <p>You lose access to its projects at once. Someone has to invite you to come back.</p>
      <button type="button" className="button button-danger-quiet" onClick={() => setOpen(true)}>
        Leave {currentOrganization.name}
      </button>
      {isOpen && (
        <Dialog title={`Leave ${currentOrganization.name}`} onClose={() => setOpen(false)}>
          <p>You will no longer see its projects or its people.</p>
          {failure && (
            <p className="failure" role="alert">
              {failure}
            </p>
          )}
          <div className="dialog-actions">
            <button type="button" className="button" onClick={() => setOpen(false)}>
              Stay
            </button>
            <button type="button" className="button button-danger" onClick={go}>
              Leave
            </button>
          </div>
        </Dialog>
      )}
    </section>
  )
}
