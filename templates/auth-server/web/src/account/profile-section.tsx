import { useAuth } from '@authstack/react'
import { type FormEvent, useState } from 'react'
import { useErrorText } from '../core/instance.ts'
import { useMessages } from '../messages/en.ts'

/** The person's name. The address is shown, and cannot be changed here: it is what they prove to sign in. */
export function ProfileSection() {
  const { user, updateProfile } = useAuth()
  const text = useMessages()
  const errorText = useErrorText()
  const [firstName, setFirstName] = useState(user?.firstName ?? '')
  const [lastName, setLastName] = useState(user?.lastName ?? '')
  const [isBusy, setBusy] = useState(false)
  const [outcome, setOutcome] = useState<{ isGood: boolean; words: string } | null>(null)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setOutcome(null)
    try {
      await updateProfile({ firstName: firstName.trim(), lastName: lastName.trim() })
      setOutcome({ isGood: true, words: text.saved })
    } catch (error) {
      setOutcome({ isGood: false, words: errorText(error) })
    }
    setBusy(false)
  }
  return (
    <section className="section" aria-labelledby="profile-title">
      <div className="section-head">
        <h2 id="profile-title">{text.profileTitle}</h2>
        <p className="lead">{user?.email}</p>
      </div>
      <form className="form" onSubmit={save}>
        <div className="two">
          <div className="field">
            <label htmlFor="first-name">{text.firstName}</label>
            <input
              id="first-name"
              className="input"
              autoComplete="given-name"
              maxLength={100}
              value={firstName}
              onChange={(event) => setFirstName(event.target.value)}
            />
          </div>
          <div className="field">
            <label htmlFor="last-name">{text.lastName}</label>
            <input
              id="last-name"
              className="input"
              autoComplete="family-name"
              maxLength={100}
              value={lastName}
              onChange={(event) => setLastName(event.target.value)}
            />
          </div>
        </div>
        <div className="form-foot">
          <button type="submit" className="button button-primary" disabled={isBusy}>
            {text.save}
          </button>
          <p role="status" className={outcome?.isGood === false ? 'failure' : 'success'}>
            {outcome?.words}
          </p>
        </div>
      </form>
    </section>
  )
}
