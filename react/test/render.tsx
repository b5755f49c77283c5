import { render } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { AuthStackProvider, type AuthStackProviderProps, TenantProvider } from '../src/index.ts'
import { API_KEY, ada, ENDPOINT } from './stand-in/data.ts'
import { createStandIn, type StandIn } from './stand-in/stand-in.ts'

type Options = Partial<AuthStackProviderProps> & { standIn?: StandIn; signedIn?: boolean }

/** Renders below a provider that talks to a stand-in; `signedIn` begins as a reload of Ada's page. */
export function renderApp(children: ReactNode, options: Options = {}) {
  const { standIn = createStandIn(), signedIn = false, ...props } = options
  if (signedIn) {
    standIn.world.refreshToken = 'refresh-0'
    standIn.world.sessionUserId = ada.id
    window.localStorage.setItem('authstack:abcd1234:signed-in', 'cookie')
  }
  const user = userEvent.setup()
  const view = render(
    <AuthStackProvider apiKey={API_KEY} endpoint={ENDPOINT} fetch={standIn.fetch} {...props}>
      <TenantProvider>{children}</TenantProvider>
    </AuthStackProvider>,
  )
  return { standIn, user, ...view }
}
