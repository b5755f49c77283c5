-- Everything that ties one person to organizations, for the export and the erasure of that person.
-- Operators only: nobody else has business with the memberships of somebody in all organizations,
-- suspended and deleted ones included.
create or replace function definer.person_memberships(wanted_user uuid)
returns table (
  organization_id uuid, slug text, name text, organization_status text, role_slug text,
  status text, joined_at timestamptz, is_last_owner boolean
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select o.tenant_id, o.slug, o.name, o.status, r.slug, m.status, m.joined_at,
    r.slug = 'owner' and o.status = 'active' and not exists (
      select from public.memberships other
      where other.tenant_id = m.tenant_id and other.role_id = m.role_id
        and other.status = 'active' and other.user_id <> m.user_id
    )
  from public.memberships m
  join public.organizations o on o.tenant_id = m.tenant_id
  join public.roles r on r.tenant_id = m.tenant_id and r.id = m.role_id
  where m.user_id = wanted_user
  order by m.joined_at, o.tenant_id
$$;

revoke all on function definer.person_memberships(uuid) from public;
grant execute on function definer.person_memberships(uuid) to authstack_operator;

-- Invitations that hold the address, whatever became of them.
create or replace function definer.person_invitations(wanted_email text)
returns table (
  organization_id uuid, slug text, name text, invitation_id uuid, role_slug text, status text,
  created_at timestamptz
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select o.tenant_id, o.slug, o.name, i.id, r.slug, i.status, i.created_at
  from public.invitations i
  join public.organizations o on o.tenant_id = i.tenant_id
  join public.roles r on r.tenant_id = i.tenant_id and r.id = i.role_id
  where i.email = wanted_email
  order by i.created_at, i.id
$$;

revoke all on function definer.person_invitations(text) from public;
grant execute on function definer.person_invitations(text) to authstack_operator;
