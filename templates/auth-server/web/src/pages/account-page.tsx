import { PasswordSection } from '../account/password-section.tsx'
import { ProfileSection } from '../account/profile-section.tsx'
import { SessionsSection } from '../account/sessions-section.tsx'
import { useMessages } from '../messages/en.ts'
import { WideLayout } from '../parts/wide-layout.tsx'

export function AccountPage() {
  const text = useMessages()
  return (
    <WideLayout page="/account" title={text.accountTitle}>
      <ProfileSection />
      <SessionsSection />
      <PasswordSection />
    </WideLayout>
  )
}
