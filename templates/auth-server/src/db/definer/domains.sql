-- Organizations that ONE person may join because they proved an address under a domain that the
-- organization verified. Exactly that domain: a subdomain may belong to somebody else.
create or replace function definer.joinable_organizations(wanted_user uuid)
returns table (
  organization_id uuid, slug text, name text, logo_url text, domain text, domain_id uuid,
  has_left boolean
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select o.tenant_id, o.slug, o.name, o.logo_url, d.domain, d.id, p.user_id is not null
  from public.users u
  join public.organization_domains d
    on d.domain = substring(u.email from '@([^@]+)$') and d.status = 'verified'
  join public.organizations o on o.tenant_id = d.tenant_id and o.status = 'active'
  left join public.departed_members p on p.tenant_id = d.tenant_id and p.user_id = u.id
  where u.id = wanted_user and u.state = 'active' and u.email_verified_at is not null
    and d.auto_join and d.auto_join_role_id is not null
    and p.reason is distinct from 'removed'
    and not exists (
      select from public.memberships m where m.tenant_id = d.tenant_id and m.user_id = u.id
    )
$$;

-- Domains whose time has come: a verified one to be looked at, or a claim that nobody verified.
create or replace function definer.domains_due(batch int)
returns table (organization_id uuid, domain_id uuid)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select d.tenant_id, d.id
  from public.organization_domains d
  join public.organizations o on o.tenant_id = d.tenant_id and o.status = 'active'
  where (d.status = 'verified' and d.next_check_at <= now())
     or (d.status = 'pending' and d.expires_at <= now())
  order by coalesce(d.next_check_at, d.expires_at)
  limit batch
$$;

revoke all on function definer.joinable_organizations(uuid) from public;
revoke all on function definer.domains_due(int) from public;
grant execute on function definer.joinable_organizations(uuid) to authstack_hub;
grant execute on function definer.domains_due(int) to authstack_hub;
