-- Who belongs where. A person signs in before any organization is chosen, so the hub must be able to
-- ask; it gets active memberships of active organizations for ONE named user, and nothing else.
create or replace function definer.memberships_of_user(wanted_user uuid)
returns table (
  organization_id uuid, slug text, name text, logo_url text, plan text, issuer text,
  created_at timestamptz, role_id uuid, role_slug text, role_name text, permissions text[]
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select o.tenant_id, o.slug, o.name, o.logo_url, o.plan, o.issuer, o.created_at,
         r.id, r.slug, r.name, r.permissions
  from public.memberships m
  join public.organizations o on o.tenant_id = m.tenant_id and o.status = 'active'
  join public.roles r on r.tenant_id = m.tenant_id and r.id = m.role_id
  where m.user_id = wanted_user and m.status = 'active'
  order by o.created_at, o.tenant_id
$$;

create or replace function definer.membership(wanted_user uuid, wanted_organization uuid)
returns table (
  organization_id uuid, slug text, name text, logo_url text, plan text, issuer text,
  created_at timestamptz, role_id uuid, role_slug text, role_name text, permissions text[]
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select o.tenant_id, o.slug, o.name, o.logo_url, o.plan, o.issuer, o.created_at,
         r.id, r.slug, r.name, r.permissions
  from public.memberships m
  join public.organizations o on o.tenant_id = m.tenant_id and o.status = 'active'
  join public.roles r on r.tenant_id = m.tenant_id and r.id = m.role_id
  where m.tenant_id = wanted_organization and m.user_id = wanted_user and m.status = 'active'
$$;

revoke all on function definer.memberships_of_user(uuid) from public;
revoke all on function definer.membership(uuid, uuid) from public;
grant execute on function definer.memberships_of_user(uuid) to authstack_hub, authstack_operator;
grant execute on function definer.membership(uuid, uuid) to authstack_hub;
