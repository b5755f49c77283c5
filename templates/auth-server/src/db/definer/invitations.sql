-- The bearer of a token may learn what it opens. Only the SHA-256 of the token finds the row, so the
-- function cannot be used to walk invitations.
create or replace function definer.invitation_by_token_hash(wanted_hash bytea)
returns table (
  organization_id uuid, invitation_id uuid, email text, status text, expires_at timestamptz,
  accepted_by uuid, organization_name text, organization_logo_url text, organization_status text,
  role_name text, inviter_first_name text, inviter_last_name text, inviter_email text,
  has_account boolean
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select i.tenant_id, i.id, i.email, i.status, i.expires_at, i.accepted_by,
         o.name, o.logo_url, o.status, r.name, u.first_name, u.last_name, u.email,
         exists (select from public.users a where a.email = i.email and a.state = 'active')
  from public.invitations i
  join public.organizations o on o.tenant_id = i.tenant_id
  join public.roles r on r.tenant_id = i.tenant_id and r.id = i.role_id
  left join public.users u on u.id = i.invited_by
  where i.token_hash = wanted_hash
$$;

revoke all on function definer.invitation_by_token_hash(bytea) from public;
grant execute on function definer.invitation_by_token_hash(bytea) to authstack_hub;
