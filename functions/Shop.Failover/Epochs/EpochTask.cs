using System.Data;
using System.Globalization;
using MySqlConnector;
using Shop.Aws;
using Shop.Aws.Secrets;
using Shop.Databases;
using Shop.Lambda;

namespace Shop.Failover.Epochs;

/// <summary>
/// Opens a new reign on the new writer. Order writes read the newest epoch in their own transaction, so a writer of the old reign can be told apart.
/// Doing it twice opens one epoch: the newest row names this Region already.
/// </summary>
internal sealed class EpochTask(AwsClient aws, FailoverSettings settings)
{
    public async Task<EpochBoundary> OpenAsync(OpenEpochRequest request, CancellationToken cancellationToken)
    {
        if (request.Database is not ("catalog" or "orders"))
        {
            throw new ShopException("Shop.InvalidInput", $"There is no database '{request.Database}'.");
        }

        await using var database = new MySqlDatabase(settings.Database(request.Database), new SecretsManager(aws, TimeProvider.System), TimeProvider.System);
        return await database.WriteAsync(
            (connection, cancel) => request.Database == "orders" ? OpenAsync(connection, request.KnownEpoch, cancel) : ProbeAsync(connection, request.Database, cancel),
            cancellationToken);
    }

    private async Task<EpochBoundary> OpenAsync(MySqlConnection connection, long known, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginAsync(IsolationLevel.RepeatableRead, cancellationToken);
        const string Newest = "SELECT epoch, writer_region, since FROM region_epoch ORDER BY epoch DESC LIMIT 1 FOR UPDATE";
        var rows = await RowsAsync(connection, transaction, Newest, cancellationToken);
        var epoch = rows is [var row, ..] ? Convert.ToInt64(row[0], CultureInfo.InvariantCulture) : 0;
        // Below the newest reign there ever was, this Region's functions would refuse its own writer.
        if (rows.Count == 0 || (string)rows[0][1]! != settings.Region || epoch < known)
        {
            epoch = Math.Max(epoch, known) + 1;
            await using var insert = new MySqlCommand(
                "INSERT INTO region_epoch (epoch, writer_region, since) VALUES (@epoch, @region, UTC_TIMESTAMP(6))", connection, transaction);
            insert.Parameters.AddWithValue("@epoch", epoch);
            insert.Parameters.AddWithValue("@region", settings.Region);
            await insert.ExecuteNonQueryAsync(cancellationToken);
            rows = await RowsAsync(connection, transaction, Newest, cancellationToken);
        }

        // From the newest end of the index: the row of the reign is locked, and every order waits for it.
        var newest = await RowsAsync(connection, transaction, $"SELECT created_on FROM customer_order WHERE epoch < {epoch} ORDER BY created_on DESC LIMIT 1", cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return new EpochBoundary("orders", epoch, settings.Region, Utc(rows[0][2]), newest is [[{ } on, ..], ..] ? Utc(on) : null);
    }

    /// <summary>A database without orders keeps no epochs; that it takes writes still has to be seen.</summary>
    private async Task<EpochBoundary> ProbeAsync(MySqlConnection connection, string database, CancellationToken cancellationToken)
    {
        var row = (await RowsAsync(connection, null, "SELECT @@read_only OR @@innodb_read_only, UTC_TIMESTAMP(6)", cancellationToken))[0];
        return Convert.ToInt64(row[0], CultureInfo.InvariantCulture) == 0
            ? new EpochBoundary(database, 0, settings.Region, Utc(row[1]), null)
            : throw new ShopException("Shop.NotTheWriter", $"The writer endpoint of {database} answers, but it is read-only.");
    }

    private static async Task<List<object?[]>> RowsAsync(
        MySqlConnection connection, MySqlTransaction? transaction, string sql, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(sql, connection, transaction);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<object?[]>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = new object?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            }

            rows.Add(row);
        }

        return rows;
    }

    private static DateTimeOffset Utc(object? value) => new(DateTime.SpecifyKind((DateTime)value!, DateTimeKind.Utc));
}
