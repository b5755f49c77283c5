import { useOrganizations, useTenant } from '@authstack/react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { Dialog } from '../parts/dialog.tsx'

/** The way out of the organization; says what it means before and asks once. */
export function LeaveOrganization() {
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
