import { type ReactNode, useEffect, useRef, useState } from 'react'
import { AuthStackProvider, en, TenantProvider } from '../src/index.ts'
import { ada, ENDPOINT } from '../test/stand-in/data.ts'
import { createStandIn, type StandIn } from '../test/stand-in/stand-in.ts'
import { type Play, play } from './play.ts'

export interface PreviewState {
  name: string
  isSignedIn?: boolean
  isWide?: boolean
  /** Changes the stand-in before the first call. */
  prepare?: (standIn: StandIn) => void
  /** What a person does to get here. */
  steps?: Play[]
  content: ReactNode
}

interface StateProps {
  state: PreviewState
  primary: string | null
  dir: 'ltr' | 'rtl'
}

/** One state of one component, alone with a stand-in of its own. */
export function State({ state, primary, dir }: StateProps) {
  const frame = useRef<HTMLElement>(null)
  const [app] = useState(() => open(state, primary))
  useEffect(() => {
    if (frame.current && state.steps) void play(frame.current, state.steps)
  }, [state])
  return (
    <section ref={frame} className="state" data-state={state.name} data-wide={state.isWide}>
      <h2>{state.name}</h2>
      <AuthStackProvider
        apiKey={app.apiKey}
        endpoint={ENDPOINT}
        fetch={app.standIn.fetch}
        locale={{ ...en, dir }}
        theme={primary ? { primaryColor: primary } : undefined}
      >
        <TenantProvider>{state.content}</TenantProvider>
      </AuthStackProvider>
    </section>
  )
}

function open(state: PreviewState, primary: string | null) {
  // A key of its own, so that the states do not share what the browser keeps.
  const keyId = state.name.replaceAll(/\W/g, '')
  const apiKey = `ask_test_${keyId}_${'x'.repeat(43)}_crc123`
  const standIn = createStandIn({}, apiKey)
  if (primary) standIn.world.config.theme.primaryColor = primary
  window.localStorage.removeItem(`authstack:${keyId}:signed-in`)
  if (state.isSignedIn) {
    standIn.world.refreshToken = 'refresh-0'
    standIn.world.sessionUserId = ada.id
    window.localStorage.setItem(`authstack:${keyId}:signed-in`, 'cookie')
  }
  state.prepare?.(standIn)
  return { apiKey, standIn }
}
