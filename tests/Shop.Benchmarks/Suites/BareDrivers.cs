using System.Data;
using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using MySqlConnector;
using Shop.Benchmarks.Harness;

namespace Shop.Benchmarks.Suites;

/// <summary>The statements that the functions send, by the bare drivers in this process: no load balancer, no Runtime API, no JSON, no checks.</summary>
internal sealed class BareDrivers : IAsyncDisposable
{
    private readonly MySqlDataSource _orders;
    private readonly MySqlDataSource _catalog;
    private readonly AmazonDynamoDBClient _dynamo;
    private readonly OrderBodies _order;

    public BareDrivers(BenchStore store, OrderBodies order)
    {
        _order = order;
        _orders = new MySqlDataSource(store.ConnectionString("orders"));
        _catalog = new MySqlDataSource(store.ConnectionString("catalog"));
        _dynamo = new AmazonDynamoDBClient(
            new BasicAWSCredentials("bench", "bench"),
            new AmazonDynamoDBConfig { ServiceURL = store.EnvironmentOf("shop-carts")["AWS_ENDPOINT_URL_DYNAMODB"], AuthenticationRegion = "us-east-1" });
    }

    public async Task BrowseAsync(int i, CancellationToken cancellationToken)
    {
        await using var connection = await _catalog.OpenConnectionAsync(cancellationToken);
        await using var command = new MySqlCommand(
            """
            SELECT p.product_id, p.name, p.description, p.image_url, p.price, p.currency, p.`count`,
              (SELECT GROUP_CONCAT(t.name ORDER BY t.tag_id) FROM product_tag pt JOIN tag t ON t.tag_id = pt.tag_id WHERE pt.product_id = p.product_id)
            FROM product p ORDER BY p.name, p.product_id LIMIT @size OFFSET @skip;
            SELECT COUNT(*) FROM product p
            """,
            connection);
        command.Parameters.AddWithValue("@size", 10);
        command.Parameters.AddWithValue("@skip", Math.Abs(i) % 3 * 10);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        do
        {
            while (await row.ReadAsync(cancellationToken))
            {
                row.GetValues(new object[row.FieldCount]);
            }
        }
        while (await row.NextResultAsync(cancellationToken));
    }

    public async Task AddToCartAsync(int i, CancellationToken cancellationToken)
    {
        var customer = string.Create(CultureInfo.InvariantCulture, $"bare-{i}");
        await _dynamo.UpdateItemAsync(Update(customer, "#contents"), cancellationToken);
        await _dynamo.UpdateItemAsync(Update(customer, _order.ProductId), cancellationToken);
    }

    public async Task SubmitOrderAsync(CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7().ToString("D");
        await using var connection = await _orders.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        await using var epoch = new MySqlCommand("SELECT epoch FROM region_epoch ORDER BY epoch DESC LIMIT 1 LOCK IN SHARE MODE", connection, transaction);
        var reign = await epoch.ExecuteScalarAsync(cancellationToken);
        await using var batch = new MySqlBatch(connection, transaction);
        batch.BatchCommands.Add(new MySqlBatchCommand(
            """
            INSERT INTO customer_order (id, customer_id, first_name, last_name, email, created_on, updated_at, status, region, epoch, currency, subtotal, tax,
              shipping, total, content_hash)
            VALUES (@id, 'bare', 'Bench', 'Mark', 'bare@bench.invalid', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), 'placed', 'us-east-1', @epoch, 'USD', @price, 0, 500,
              @price + 500, @hash)
            """)
        {
            Parameters = { new("@id", id), new("@epoch", reign), new("@price", _order.Price), new("@hash", new string('0', 64)) },
        });
        batch.BatchCommands.Add(new MySqlBatchCommand(
            "INSERT INTO customer_order_item (order_id, position, product_id, name, quantity, unit_cost, total_cost) VALUES (@id, 0, @product, @name, 1, @price, @price)")
        {
            Parameters = { new("@id", id), new("@product", _order.ProductId), new("@name", _order.ProductName), new("@price", _order.Price) },
        });
        batch.BatchCommands.Add(new MySqlBatchCommand(
            "INSERT INTO outbox (event_id, order_id, type, occurred_on, body, sent_at) VALUES (@event, @id, 'OrderCreatedEvent', UTC_TIMESTAMP(6), @body, UTC_TIMESTAMP(6))")
        {
            // Marked as sent: the relay has no part in what is measured.
            Parameters = { new("@event", Guid.CreateVersion7().ToString("D")), new("@id", id), new("@body", _order.For("bare")) },
        });
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _orders.DisposeAsync();
        await _catalog.DisposeAsync();
        _dynamo.Dispose();
    }

    private static UpdateItemRequest Update(string customer, string item) => new()
    {
        TableName = "carts",
        Key = new() { ["id"] = new AttributeValue($"{customer}:{item}") },
        UpdateExpression = "SET quantity = if_not_exists(quantity, :zero) + :one, customerId = :customer",
        ConditionExpression = "attribute_not_exists(id) OR quantity < :most",
        ExpressionAttributeValues = new()
        {
            [":zero"] = new AttributeValue { N = "0" }, [":one"] = new AttributeValue { N = "1" }, [":most"] = new AttributeValue { N = "99" },
            [":customer"] = new AttributeValue(customer),
        },
    };
}
