import { useState } from 'react'
import type { Organization } from '../core/types.ts'
import { useAuthStack } from '../hooks/context.ts'
import { useSession } from '../hooks/use-session.ts'
import { useText } from '../hooks/use-text.ts'
import { CreateOrganization } from './create-organization.tsx'
import { OrganizationMenu } from './organization-menu.tsx'
import { Avatar } from './ui/avatar.tsx'
import { Button } from './ui/button.tsx'
import { Dialog } from './ui/dialog.tsx'
import { Icon } from './ui/icon.tsx'
import { Popover } from './ui/popover.tsx'
import { Root } from './ui/root.tsx'

export interface OrganizationSwitcherProps {
  /** Called after the tab has switched. */
  onSwitch?: (org: Organization) => void
  /** Default true. */
  showCreateButton?: boolean
  className?: string
}

/** Shows the organization of this tab and switches it without a new sign-in. */
export function OrganizationSwitcher(props: OrganizationSwitcherProps) {
  const { onSwitch, showCreateButton = true, className } = props
  const { client } = useAuthStack()
  const { status, organization, organizations, isSwitching } = useSession()
  const { text } = useText()
  const [isCreating, setCreating] = useState(false)
  if (status === 'signed-out') return null
  const isLoading = status === 'loading' || (isSwitching && !organization)
  const switchTo = async (id: string) => {
    if (id === organization?.id) return
    const switched = await client.switchOrganization(id)
    onSwitch?.(switched)
  }
  const name = organization?.name ?? text('organization.none')
  return (
    <Root className={className} data-component="organization-switcher" aria-busy={isSwitching}>
      {isLoading ? (
        <span className="as-bone" data-shape="switcher" role="status">
          <span className="as-hidden">{text('common.loading')}</span>
        </span>
      ) : organizations.length === 0 && showCreateButton ? (
        <Button variant="secondary" onClick={() => setCreating(true)}>
          <Icon name="plus" />
          {text('organization.create')}
        </Button>
      ) : (
        <Popover
          role="dialog"
          label={organization ? text('organization.current', { name }) : name}
          triggerClassName="as-switcher"
          trigger={
            <CurrentOrganization
              name={name}
              organization={organization}
              isSwitching={isSwitching}
            />
          }
        >
          {(close) => (
            <OrganizationMenu
              organizations={organizations}
              currentId={organization?.id}
              onChoose={(id) => {
                close()
                // The failure is in useAuth().error and has gone to onError.
                void switchTo(id).catch(() => {})
              }}
              onCreate={
                showCreateButton
                  ? () => {
                      close()
                      setCreating(true)
                    }
                  : undefined
              }
            />
          )}
        </Popover>
      )}
      <Dialog
        isOpen={isCreating}
        onClose={() => setCreating(false)}
        title={text('organization.create')}
        body={text('organization.createBody')}
      >
        <CreateOrganization
          variant="plain"
          onCancel={() => setCreating(false)}
          onCreated={(made) => {
            setCreating(false)
            onSwitch?.(made)
          }}
        />
      </Dialog>
    </Root>
  )
}

interface CurrentOrganizationProps {
  name: string
  organization: Organization | null
  isSwitching: boolean
}

function CurrentOrganization({ name, organization, isSwitching }: CurrentOrganizationProps) {
  return (
    <>
      <Avatar
        name={name}
        seed={organization?.id ?? ''}
        src={organization?.logoUrl}
        shape="square"
      />
      <span className="as-cut" title={name}>
        {name}
      </span>
      {isSwitching ? <span className="as-spinner" aria-hidden="true" /> : <Icon name="chevrons" />}
    </>
  )
}
