import { UserProfile } from '@authstack/react'
import { useMessages } from '../messages/en.ts'

/** The person's name. The address is shown, and cannot be changed here: it is what they prove to sign in. */
export function ProfileSection() {
  const text = useMessages()
  return (
    <section className="section" aria-labelledby="profile-title">
      <h2 id="profile-title">{text.profileTitle}</h2>
      <UserProfile />
    </section>
  )
}
