import { UserProfile } from '@authstack/react'
import { useMessages } from '../messages/en.ts'

/** The person's name. The address is shown, and cannot be changed here: it is what they prove to sign in. */
export function ProfileSection() {
  const text = useMessages()
  return (
    <div className="section">
      <h2>{text.profileTitle}</h2>
      <UserProfile />
    </div>
  )
}
