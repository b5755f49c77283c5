import { useState } from 'react'
import { type AuthStackError, toAuthStackError } from '../core/authstack-error.ts'
import type { Member, Role } from '../core/types.ts'
import { useText } from '../hooks/use-text.ts'

type Remove = (userId: string) => Promise<unknown> | unknown
type ChangeRole = (userId: string, role: string) => Promise<unknown>

/** Removal and role change with what to say afterwards. */
export function useMemberActions(removeMember: Remove, updateMemberRole: ChangeRole) {
  const { text } = useText()
  const [notice, setNotice] = useState<string | null>(null)
  const [failure, setFailure] = useState<AuthStackError | null>(null)

  const attempt = async (operation: () => Promise<unknown> | unknown, done: string) => {
    setNotice(null)
    setFailure(null)
    try {
      await operation()
      setNotice(done)
    } catch (error) {
      setFailure(toAuthStackError(error))
    }
  }
  return {
    notice,
    failure,
    remove: ({ userId, name }: Member) =>
      attempt(() => removeMember(userId), text('members.removed', { name })),
    changeRole: ({ userId, name }: Member, role: Role) =>
      attempt(
        () => updateMemberRole(userId, role.slug),
        text('members.roleChanged', { name, role: role.name }),
      ),
  }
}
