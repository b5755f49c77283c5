-- A page of the active organizations of the instance, for servers of the customer's own with a secret
-- key: what the server itself may know of each, and nothing of what is in them but the number of
-- members. The page is cut first, so that the members of the others are not counted.
create or replace function definer.organizations_page(
  after_created timestamptz, after_id uuid, batch int
)
returns table (
  id uuid, slug text, name text, plan text, members bigint, created_at timestamptz
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select o.tenant_id, o.slug, o.name, o.plan,
         (select count(*) from public.memberships m where m.tenant_id = o.tenant_id),
         o.created_at
  from (
    select p.tenant_id, p.slug, p.name, p.plan, p.created_at
    from public.organizations p
    where p.status = 'active'
      and (after_id is null or (p.created_at, p.tenant_id) > (after_created, after_id))
    order by p.created_at, p.tenant_id
    limit batch
  ) o
  order by o.created_at, o.tenant_id
$$;

revoke all on function definer.organizations_page(timestamptz, uuid, int) from public;
grant execute on function definer.organizations_page(timestamptz, uuid, int) to authstack_hub;
