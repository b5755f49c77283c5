import { useOrganizations, usePermissions, useTenant } from '@authstack/react'
import { type FormEvent, useState } from 'react'

/** The organization's name, for those who may edit it; its facts for everyone. */
export function OrganizationDetails() {
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
