import type KcAdminClient from '@keycloak/keycloak-admin-client'
import type ClientRepresentation from '@keycloak/keycloak-admin-client/lib/defs/clientRepresentation.js'
import type RealmRepresentation from '@keycloak/keycloak-admin-client/lib/defs/realmRepresentation.js'

/**
 * Makes a realm that an older version made look like the desired one: its fields, its identity
 * providers, its clients with their mappers, and the user profile. Signing keys are left alone (new
 * ones would end every token at once), and so are people.
 */
export async function bringRealmTo(
  client: KcAdminClient,
  wanted: RealmRepresentation,
): Promise<void> {
  const {
    realm,
    clients = [],
    identityProviders = [],
    users: _users,
    components,
    ...fields
  } = wanted
  await client.realms.update({ realm: realm as string }, fields)
  for (const provider of identityProviders) {
    const alias = provider.alias as string
    const found = await client.identityProviders.findOne({ alias })
    const config = { ...found?.config, ...provider.config }
    if (found) await client.identityProviders.update({ alias }, { ...found, ...provider, config })
    else await client.identityProviders.create(provider)
  }
  for (const one of clients) await bringClient(client, one)
  const profile = profileOf(components)
  if (profile) await client.users.updateProfile(profile as never)
}

async function bringClient(client: KcAdminClient, wanted: ClientRepresentation): Promise<void> {
  const [found] = await client.clients.find({ clientId: wanted.clientId as string })
  if (!found?.id) {
    await client.clients.create(wanted)
    return
  }
  const { protocolMappers = [], ...fields } = wanted
  const attributes = { ...found.attributes, ...fields.attributes }
  await client.clients.update({ id: found.id }, { ...fields, attributes })
  const there = found.protocolMappers ?? []
  for (const mapper of protocolMappers) {
    const same = there.find((one) => one.name === mapper.name)
    if (!same?.id) await client.clients.addProtocolMapper({ id: found.id }, mapper)
    else {
      const target = { id: found.id, mapperId: same.id }
      // Keycloak adds defaults of its own; what it added stays.
      const config = { ...same.config, ...mapper.config }
      await client.clients.updateProtocolMapper(target, { ...mapper, id: same.id, config })
    }
  }
  // A mapper that the template no longer has would go on putting its claim into tokens.
  const names = new Set(protocolMappers.map((mapper) => mapper.name))
  const isTokenClient = protocolMappers.length > 0
  for (const extra of there.filter((one) => isTokenClient && !names.has(one.name))) {
    await client.clients.delProtocolMapper({ id: found.id, mapperId: extra.id as string })
  }
}

/** The user profile of a desired realm, which the import takes as a component and the API by itself. */
function profileOf(components: RealmRepresentation['components']): unknown {
  const provider = 'org.keycloak.userprofile.UserProfileProvider'
  const parts = components as Record<string, { config?: Record<string, string[]> }[]> | undefined
  const text = parts?.[provider]?.[0]?.config?.['kc.user.profile.config']?.[0]
  return text === undefined ? null : JSON.parse(text)
}
