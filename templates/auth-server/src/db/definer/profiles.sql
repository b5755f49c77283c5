-- Names and addresses of people of the CURRENT organization (app.tenant), so that the tenant role
-- needs no grant on users: a fault in a members query cannot read the people of the instance.
-- Ids of anybody else give no row.
create or replace function definer.member_profiles(wanted_users uuid[])
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
    and m.user_id = any (wanted_users)
$$;

-- Members of the current organization whose name or address matches an ILIKE pattern.
create or replace function definer.members_matching(pattern text)
returns table (user_id uuid)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select m.user_id
  from public.memberships m
  join public.users u on u.id = m.user_id
  where m.tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid)
    and concat_ws(' ', u.first_name, u.last_name, u.email) ilike pattern
$$;

revoke all on function definer.member_profiles(uuid[]) from public;
revoke all on function definer.members_matching(text) from public;
grant execute on function definer.member_profiles(uuid[]) to authstack_tenant;
grant execute on function definer.members_matching(text) to authstack_tenant;

-- Does the current organization have a member with this address?
create or replace function definer.is_member_address(wanted_email text)
returns boolean
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select exists (
    select from public.users u
    join public.memberships m on m.user_id = u.id
    where u.email = wanted_email
      and m.tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid)
  )
$$;

revoke all on function definer.is_member_address(text) from public;
grant execute on function definer.is_member_address(text) to authstack_tenant;
