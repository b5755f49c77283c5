-- A webhook names a customer of Stripe, and no organization is chosen yet. The id came from Stripe,
-- signed; it opens nothing but the organization that it was made for.
create or replace function definer.organization_of_customer(wanted_customer text)
returns uuid
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select s.tenant_id from public.subscriptions s where s.customer_id = wanted_customer
$$;

-- Organizations whose subscription has to be read again: a period has ended, or a grace.
create or replace function definer.subscriptions_due(count_max int)
returns table (organization_id uuid)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select s.tenant_id from public.subscriptions s
  where s.check_at <= now()
  order by s.check_at limit count_max
$$;

revoke all on function definer.organization_of_customer(text) from public;
revoke all on function definer.subscriptions_due(int) from public;
grant execute on function definer.organization_of_customer(text) to authstack_hub;
grant execute on function definer.subscriptions_due(int) to authstack_hub;
