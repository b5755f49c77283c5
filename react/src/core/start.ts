import { adoptAnswer, clearSession } from './adopt-session.ts'
import { toAuthStackError } from './authstack-error.ts'
import { deliveryOf } from './call-auth.ts'
import { type Core, storageKeys } from './core.ts'
import { openCrossTab, type TabMessage } from './cross-tab.ts'
import { loadConfig } from './load-config.ts'
import { refreshSession } from './refresh-session.ts'

const RETRY_MAX_MS = 60_000
const HIDDEN_MS = 60_000

/**
 * Brings the session up and keeps it alive while the page lives. Returns the stop function.
 * Somebody who was never signed in here causes one call (the configuration) and no failing one.
 */
export function start(core: Core): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let isStopped = false

  const plan = () => {
    clearTimeout(timer)
    if (isStopped || core.session.getSnapshot().status === 'signed-out') return
    const delay = failures > 0 ? retryDelay(core, failures) : refreshDelay(core)
    timer = setTimeout(tick, isHidden(core) ? Math.max(delay, HIDDEN_MS) : delay)
  }
  const tick = async () => {
    if (!isHidden(core) && refreshDelay(core) <= 0) await renew()
    plan()
  }
  const renew = async () => {
    try {
      await refreshSession(core)
      failures = 0
    } catch (cause) {
      failures += 1
      const error = toAuthStackError(cause)
      if (core.session.getSnapshot().status === 'loading') core.session.update({ error })
      if (error.status !== 401) core.options.onError?.(error)
    }
  }
  const wake = () => {
    if (core.session.getSnapshot().status !== 'signed-out') void tick()
  }
  const receive = async (message: TabMessage) => {
    if ((await deliveryOf(core)) === 'body' && core.options.storage !== 'localStorage') return
    await hear(core, message)
    plan()
  }

  core.crossTab = openCrossTab(storageKeys(core).channel, (message) => void receive(message))
  void loadConfig(core).catch(() => {})
  if (core.local.get(storageKeys(core).hint) === null) {
    if (core.session.getSnapshot().status === 'loading')
      core.session.update({ status: 'signed-out' })
  } else {
    void tick()
  }
  const unsubscribe = core.session.subscribe(plan)
  document.addEventListener('visibilitychange', wake)
  window.addEventListener('online', wake)

  return () => {
    isStopped = true
    clearTimeout(timer)
    unsubscribe()
    core.crossTab?.close()
    core.crossTab = null
    document.removeEventListener('visibilitychange', wake)
    window.removeEventListener('online', wake)
  }
}

async function hear(core: Core, message: TabMessage): Promise<void> {
  const { status, user, organization } = core.session.getSnapshot()
  if (message.type === 'signed-out') {
    if (status !== 'signed-out') clearSession(core)
  } else if (message.type === 'signed-in') {
    await refreshSession(core).catch(() => {})
  } else if (user?.id === message.answer.user.id && organization?.id === message.organizationId) {
    adoptAnswer(core, message.answer)
    core.access = message.held
  }
}

// A hidden tab does not renew for nobody; it does at its next request or when it is shown.
function isHidden(core: Core): boolean {
  return document.visibilityState === 'hidden' && core.access !== null
}

function refreshDelay(core: Core): number {
  return core.access ? core.access.renewAt - Date.now() : 0
}

function retryDelay(core: Core, failures: number): number {
  const asked = core.session.getSnapshot().error?.retryAfterSeconds
  return Math.min(RETRY_MAX_MS, asked ? asked * 1000 : 1000 * 2 ** Math.min(failures, 6))
}
