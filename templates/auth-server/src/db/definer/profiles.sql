-- Names and addresses of the people of the CURRENT organization (app.tenant), so that the tenant role
-- needs no grant on users: a fault in a members query cannot read the people of the instance.
create or replace function definer.member_profiles()
returns table (
  user_id uuid, email text, first_name text, last_name text, avatar_url text
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select u.id, u.email, u.first_name, u.last_name, u.avatar_url
  from public.memberships m
  join public.users u on u.id = m.user_id
  where m.tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid)
$$;

revoke all on function definer.member_profiles() from public;
grant execute on function definer.member_profiles() to authstack_tenant;
