import { createHash } from 'node:crypto'
import type { Mode } from '../db/mode.ts'
import type { Admin } from './admin.ts'
import { bringRealmTo } from './bring-realm-to.ts'
import { organizationRealm, type RealmFacts } from './desired.ts'
import { assertionProvider } from './desired-clients.ts'
import { ASSERTION_PROVIDER, realmName } from './names.ts'
import { KeycloakRefusal } from './request.ts'

export interface Realms {
  /** Issuer of the organization's tokens, as stored beside the organization. */
  organizationIssuer(mode: Mode, organizationId: string): string
  /** Makes the organization's realm in one call. Done before is done: 409 is success. */
  createOrganizationRealm(
    mode: Mode,
    organizationId: string,
  ): Promise<{ issuer: string; templateHash: string }>
  /** Hash of the shape that this version gives to realms of organizations. */
  templateHash: string
  /** Brings an older realm to that shape, and gives its hash. Its keys and people stay. */
  bringToTemplate(mode: Mode, organizationId: string): Promise<string>
  /** Removes the realm with all its tokens and people; absent is success. */
  deleteOrganizationRealm(mode: Mode, organizationId: string): Promise<void>
  /** Gives the realm the current assertion key. */
  repairProvider(realm: string): Promise<void>
}

export function openRealms(admin: Admin, facts: RealmFacts, publicUrl: string): Realms {
  const organizationIssuer = (mode: Mode, organizationId: string) =>
    `${publicUrl}/realms/${realmName(mode, organizationId)}`
  const templateHash = hashTemplate(facts)
  return {
    organizationIssuer,
    async createOrganizationRealm(mode, organizationId) {
      try {
        await admin.asCreator((client) =>
          client.realms.create(organizationRealm(facts, mode, organizationId)),
        )
      } catch (error) {
        if (!isConflict(error)) throw error
      }
      return { issuer: organizationIssuer(mode, organizationId), templateHash }
    },
    templateHash,
    async bringToTemplate(mode, organizationId) {
      const wanted = organizationRealm(facts, mode, organizationId)
      await admin.inRealm(realmName(mode, organizationId), (client) => bringRealmTo(client, wanted))
      return templateHash
    },
    async deleteOrganizationRealm(mode, organizationId) {
      const realm = realmName(mode, organizationId)
      try {
        // The realm's own account: a master admin's delete takes seconds once realms are many.
        await admin.inRealm(realm, (client) => client.realms.del({ realm }))
      } catch (error) {
        if (!isAbsent(error)) throw error
      }
    },
    async repairProvider(realm) {
      await admin.inRealm(realm, async (client) => {
        const found = await client.identityProviders.findOne({ alias: ASSERTION_PROVIDER })
        const wanted = assertionProvider(facts)
        await client.identityProviders.update(
          { alias: ASSERTION_PROVIDER },
          { ...found, ...wanted, config: { ...found?.config, ...wanted.config } },
        )
      })
    },
  }
}

/** Tells which shape of realm an organization has; the same for all organizations of one version. */
function hashTemplate(facts: RealmFacts): string {
  const neutral = { ...facts, secret: () => '' }
  const template = organizationRealm(neutral, 'live', '00000000-0000-4000-8000-000000000000')
  return createHash('sha256').update(JSON.stringify(template)).digest('hex').slice(0, 16)
}

const isConflict = (error: unknown) => error instanceof KeycloakRefusal && error.status === 409
/** 404 from the admin API, or from the token endpoint of a realm that is not there. */
const isAbsent = (error: unknown) => error instanceof KeycloakRefusal && error.status === 404
