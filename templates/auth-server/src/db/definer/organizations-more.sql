-- As definer.memberships_of_user and definer.membership, with branding and settings.
create or replace function definer.memberships_now(wanted_user uuid)
returns table (
  organization_id uuid, slug text, name text, logo_url text, plan text, issuer text,
  created_at timestamptz, role_id uuid, role_slug text, role_name text, permissions text[],
  branding jsonb, settings jsonb
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select o.tenant_id, o.slug, o.name, o.logo_url, o.plan, o.issuer, o.created_at,
         r.id, r.slug, r.name, r.permissions, o.branding, o.settings
  from public.memberships m
  join public.organizations o on o.tenant_id = m.tenant_id and o.status = 'active'
  join public.roles r on r.tenant_id = m.tenant_id and r.id = m.role_id
  where m.user_id = wanted_user and m.status = 'active'
  order by o.created_at, o.tenant_id
$$;

create or replace function definer.membership_now(wanted_user uuid, wanted_organization uuid)
returns table (
  organization_id uuid, slug text, name text, logo_url text, plan text, issuer text,
  created_at timestamptz, role_id uuid, role_slug text, role_name text, permissions text[],
  branding jsonb, settings jsonb
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select o.tenant_id, o.slug, o.name, o.logo_url, o.plan, o.issuer, o.created_at,
         r.id, r.slug, r.name, r.permissions, o.branding, o.settings
  from public.memberships m
  join public.organizations o on o.tenant_id = m.tenant_id and o.status = 'active'
  join public.roles r on r.tenant_id = m.tenant_id and r.id = m.role_id
  where m.tenant_id = wanted_organization and m.user_id = wanted_user and m.status = 'active'
$$;

-- What a person who owned it at its deletion can still bring back.
create or replace function definer.restorable_organizations(wanted_user uuid)
returns table (
  organization_id uuid, slug text, name text, logo_url text, plan text, issuer text,
  created_at timestamptz, role_id uuid, role_slug text, role_name text, permissions text[],
  branding jsonb, settings jsonb, purge_after timestamptz
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select o.tenant_id, o.slug, o.name, o.logo_url, o.plan, o.issuer, o.created_at,
         r.id, r.slug, r.name, r.permissions, o.branding, o.settings, o.purge_after
  from public.memberships m
  join public.organizations o on o.tenant_id = m.tenant_id and o.status = 'deleted'
    and o.purge_started_at is null and o.purge_after > now()
  join public.roles r on r.tenant_id = m.tenant_id and r.id = m.role_id and r.slug = 'owner'
  where m.user_id = wanted_user and m.status = 'active'
  order by o.created_at, o.tenant_id
$$;

-- For the sweeper of test mode: ids of organizations that nobody has used for so long.
create or replace function definer.idle_organizations(idle_days int, batch int)
returns table (organization_id uuid)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select o.tenant_id from public.organizations o
  where o.status = 'active' and o.last_used_at < now() - make_interval(days => idle_days)
  order by o.last_used_at limit batch
$$;

-- For the job that brings realms to the template: ids of organizations whose realm has another shape.
create or replace function definer.organizations_off_template(wanted_hash text, batch int)
returns table (organization_id uuid)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select o.tenant_id from public.organizations o
  where o.status = 'active' and o.realm_template_hash is distinct from wanted_hash
  order by o.last_used_at desc limit batch
$$;

-- For the staff: what is deleted, by whom, and until when it can be brought back.
create or replace function definer.operator_deletions()
returns table (
  organization_id uuid, deleted_at timestamptz, deleted_by uuid, purge_after timestamptz
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select o.tenant_id, o.deleted_at, o.deleted_by, o.purge_after
  from public.organizations o where o.status = 'deleted'
$$;

revoke all on function definer.memberships_now(uuid) from public;
revoke all on function definer.membership_now(uuid, uuid) from public;
revoke all on function definer.restorable_organizations(uuid) from public;
revoke all on function definer.idle_organizations(int, int) from public;
revoke all on function definer.organizations_off_template(text, int) from public;
revoke all on function definer.operator_deletions() from public;
grant execute on function definer.memberships_now(uuid) to authstack_hub;
grant execute on function definer.membership_now(uuid, uuid) to authstack_hub;
grant execute on function definer.restorable_organizations(uuid) to authstack_hub;
grant execute on function definer.idle_organizations(int, int) to authstack_hub;
grant execute on function definer.organizations_off_template(text, int) to authstack_hub;
grant execute on function definer.operator_deletions() to authstack_operator;
