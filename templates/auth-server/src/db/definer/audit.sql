-- Whose trail a hub event goes to: every organization of that person, also where they are suspended.
create or replace function definer.audit_organizations_of(wanted_user uuid)
returns table (organization_id uuid)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select m.tenant_id
  from public.memberships m
  join public.organizations o on o.tenant_id = m.tenant_id and o.status = 'active'
  where m.user_id = wanted_user
$$;

revoke all on function definer.audit_organizations_of(uuid) from public;
grant execute on function definer.audit_organizations_of(uuid) to authstack_hub;

-- Retention: deletes what a checkpoint has put an end to, in the CURRENT organization (app.tenant) and
-- nowhere else. Without the checkpoint it deletes nothing, so the trail cannot be cut unseen.
create or replace function definer.cut_audit_trail(through_seq bigint)
returns bigint
language sql security definer
set search_path = pg_catalog, pg_temp
as $$
  with gone as (
    delete from public.audit_links l
    where l.tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid)
      and l.seq <= through_seq
      and exists (
        select from public.audit_checkpoints c
        where c.tenant_id = l.tenant_id and c.seq = through_seq
      )
    returning l.tenant_id, l.event_id
  ), events as (
    delete from public.audit_events e using gone
    where e.tenant_id = gone.tenant_id and e.id = gone.event_id
    returning 1
  )
  select count(*) from events
$$;

revoke all on function definer.cut_audit_trail(bigint) from public;
grant execute on function definer.cut_audit_trail(bigint) to authstack_tenant;

-- Every trail that there is, also of organizations that are gone, for the operators and for retention.
-- One step down the index per trail, however long they are.
create or replace function definer.audit_trails()
returns table (trail uuid)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  with recursive trails as (
    (select l.tenant_id from public.audit_links l order by l.tenant_id limit 1)
    union all
    select (select l.tenant_id from public.audit_links l where l.tenant_id > t.tenant_id
            order by l.tenant_id limit 1)
    from trails t where t.tenant_id is not null
  )
  select t.tenant_id from trails t where t.tenant_id is not null
$$;

revoke all on function definer.audit_trails() from public;
grant execute on function definer.audit_trails() to authstack_operator;
