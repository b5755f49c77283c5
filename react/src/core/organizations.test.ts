import { afterEach, describe, expect, it, vi } from 'vitest'
import { ACME, API_KEY, ada, ENDPOINT, GLOBEX } from '../../test/stand-in/data.ts'
import { createStandIn, type StandIn } from '../../test/stand-in/stand-in.ts'
import { isAuthStackError } from './authstack-error.ts'
import { type AuthStackClient, createClient } from './client.ts'
import { deleteOrganization } from './organizations.ts'

const running: (() => void)[] = []
afterEach(() => {
  for (const stop of running.splice(0)) stop()
})

async function signedIn(standIn: StandIn): Promise<AuthStackClient> {
  const client = createClient({ apiKey: API_KEY, endpoint: ENDPOINT, ...standIn })
  running.push(client.start())
  await vi.waitFor(() => expect(client.session.getSnapshot().status).toBe('signed-out'))
  await client.login(ada.email, 'correct horse battery')
  await client.switchOrganization(ACME)
  return client
}

const listed = (client: AuthStackClient) =>
  client.session.getSnapshot().organizations.map((one) => one.id)

describe('deleteOrganization', () => {
  it('takes the organization out of the session, and out of the tab that was in it', async () => {
    const client = await signedIn(createStandIn())
    await expect(deleteOrganization(client, ACME)).resolves.toBeUndefined()
    expect(listed(client)).toEqual([GLOBEX])
    expect(client.session.getSnapshot().organization?.id).not.toBe(ACME)
    expect(client.session.getSnapshot().status).toBe('signed-in')
  })

  it('says that a fresh sign-in is needed, keeps everything, and works after it', async () => {
    const standIn = createStandIn({ isSignInOld: true })
    const client = await signedIn(standIn)
    const refusal = await deleteOrganization(client, ACME).catch((error: unknown) => error)
    expect(isAuthStackError(refusal) && [refusal.status, refusal.code]).toEqual([
      401,
      'step_up_required',
    ])
    // A 401, and still no reason to refresh or to sign out: the session is good for all else.
    expect(standIn.calls.filter((call) => call.startsWith('DELETE'))).toHaveLength(1)
    expect(client.session.getSnapshot().status).toBe('signed-in')
    expect(listed(client)).toEqual([ACME, GLOBEX])
    standIn.world.isSignInOld = false
    await client.login(ada.email, 'correct horse battery')
    await deleteOrganization(client, ACME)
    expect(listed(client)).toEqual([GLOBEX])
  })

  it('keeps the organization when the permission is missing', async () => {
    const client = await signedIn(createStandIn())
    await expect(deleteOrganization(client, GLOBEX)).rejects.toMatchObject({
      code: 'permission_denied',
      status: 403,
    })
    expect(listed(client)).toEqual([ACME, GLOBEX])
  })
})
