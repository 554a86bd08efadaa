using System.Collections.Generic;
using Amazon.CDK.AWS.Events;
using Constructs;
using Shop.Cdk.Stacks;

namespace Shop.Cdk.Constructs;

/// <summary>The four APIs, the relay of order events, and the migrations of a Region.</summary>
internal sealed class StoreFunctions : Construct
{
    private readonly Deployment _deployment;
    private readonly RegionSettings _region;
    private readonly NetworkStack _network;
    private readonly Permissions _may;

    public StoreFunctions(Construct scope, string id, Deployment deployment, RegionSettings region, NetworkStack network) : base(scope, id)
    {
        (_deployment, _region, _network) = (deployment, region, network);
        _may = new Permissions(this, deployment, network.Key);
        var facts = new Facts(deployment);
        var url = deployment.ApiUrl(region);

        Catalog = Add("Catalog", new("catalog", "shop-catalog", "catalog", Database("catalog", "app"))
        {
            Reserved = 50,
            Permissions = _may.ReadSecret("catalog-app"),
        });
        Carts = Add("Carts", new("carts", "shop-carts", "carts", new Dictionary<string, string> { ["CARTS_TABLE"] = deployment.Name("carts") })
        {
            Reserved = 50,
            Permissions =
            [
                _may.Table("carts", "dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem"),
                _may.Index("carts", "idx_global_customerId", "dynamodb:Query"),
            ],
        });
        var orders = new Dictionary<string, string>(Database("orders", "app"))
        {
            ["BROKER_ENDPOINT"] = facts.Read(this, BrokerOwner, "broker"),
            ["BROKER_SECRET_ID"] = deployment.Name("broker"),
            ["CATALOG_URL"] = url,
            ["CONTROL_TABLE"] = deployment.Name("failover-control"),
            ["ORDERS_LIST_ALL"] = deployment.OpenOrderList ? "true" : "false",
        };
        Orders = Add("Orders", new("orders", "shop-orders", "orders", orders)
        {
            Reserved = 50,
            Permissions = [.. _may.ReadSecret("orders-app", "broker"), _may.Table("failover-control", "dynamodb:GetItem")],
        });
        Checkout = Add("Checkout", new("checkout", "shop-checkout", "checkout", new Dictionary<string, string>
        {
            ["REDIS_ENDPOINT"] = facts.Read(this, region.RoleName, "cache"),
            ["REDIS_SECRET_ID"] = deployment.Name("cache"),
            ["CATALOG_URL"] = url,
            ["ORDERS_URL"] = url,
        })
        {
            Reserved = 50,
            Permissions = _may.ReadSecret("cache"),
        });
        var relay = Add("RelayOutbox", new("relay-outbox", "shop-orders", "RelayOutbox", orders)
        {
            TimeoutSeconds = 60,
            Reserved = 1,
            Permissions = [.. _may.ReadSecret("orders-app", "broker"), _may.Table("failover-control", "dynamodb:GetItem")],
        });
        Schedules.Every(this, "Relay", deployment, "relay-outbox", 1, relay);
        foreach (var database in Deployment.Databases)
        {
            _ = Add($"Migrate{char.ToUpperInvariant(database[0])}{database[1..]}", new($"migrate-{database}", "shop-migrator", "Migrate",
                new Dictionary<string, string>(Database(database, "admin")) { ["DB_APP_SECRET_ID"] = deployment.Name($"{database}-app") })
            {
                TimeoutSeconds = 300,
                Permissions = _may.ReadSecret($"{database}-admin", $"{database}-app"),
            });
        }
    }

    public ServiceFunction Catalog { get; }
    public ServiceFunction Carts { get; }
    public ServiceFunction Orders { get; }
    public ServiceFunction Checkout { get; }

    private string BrokerOwner => _deployment.StandbyBroker ? _region.RoleName : _deployment.Primary.RoleName;

    private Dictionary<string, string> Database(string database, string login) => DatabaseSettings.Of(this, _deployment, _region, database, login);

    private ServiceFunction Add(string id, ServiceFunctionProps props) =>
        new(this, id, _deployment, _network.Key, props with { Network = new(_network.Vpc, _network.Firewall.Functions) });
}
