-- Slugs are unique in the instance and a tenant cannot see the others' rows.
create or replace function definer.slugs_taken(wanted text[])
returns table (slug text)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select o.slug from public.organizations o where o.slug = any (wanted)
$$;

-- The issuer of an active organization; it is public, every token carries it.
create or replace function definer.active_issuer(wanted_organization uuid)
returns text
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select o.issuer from public.organizations o
  where o.tenant_id = wanted_organization and o.status = 'active'
$$;

revoke all on function definer.slugs_taken(text[]) from public;
revoke all on function definer.active_issuer(uuid) from public;
grant execute on function definer.slugs_taken(text[]) to authstack_hub, authstack_tenant;
grant execute on function definer.active_issuer(uuid) to authstack_hub;

-- What the instance's own staff see on the operator socket.
create or replace function definer.operator_organizations()
returns table (
  id uuid, slug text, name text, plan text, status text, issuer text, created_by uuid,
  created_at timestamptz, members bigint
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select o.tenant_id, o.slug, o.name, o.plan, o.status, o.issuer, o.created_by, o.created_at,
         (select count(*) from public.memberships m where m.tenant_id = o.tenant_id)
  from public.organizations o
$$;

revoke all on function definer.operator_organizations() from public;
grant execute on function definer.operator_organizations() to authstack_operator;
