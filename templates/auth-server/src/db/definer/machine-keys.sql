-- The organization that a machine key opens. A key names no organization, so it must be found before
-- any is chosen: by the hash of 256 random bits, which only who holds the key can name. Nothing for a
-- key that was revoked or has expired, nor for an organization that is not active.
create or replace function definer.machine_key(wanted_hash bytea)
returns table (
  organization_id uuid, slug text, organization_name text, logo_url text, plan text,
  key_id uuid, key_name text, permissions text[], created_by uuid, expires_at timestamptz
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select o.tenant_id, o.slug, o.name, o.logo_url, o.plan,
         k.id, k.name, k.permissions, k.created_by, k.expires_at
  from public.machine_keys k
  join public.organizations o on o.tenant_id = k.tenant_id and o.status = 'active'
  where k.key_hash = wanted_hash and k.revoked_at is null
    and (k.expires_at is null or k.expires_at > now())
$$;

revoke all on function definer.machine_key(bytea) from public;
grant execute on function definer.machine_key(bytea) to authstack_hub;
