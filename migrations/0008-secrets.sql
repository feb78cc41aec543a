-- Secrets that all gateways on this database share and nobody had to choose: made by whichever starts first.
create table secrets (
  name text primary key,
  value text not null
);
