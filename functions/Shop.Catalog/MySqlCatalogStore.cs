using System.Globalization;
using MySqlConnector;
using Shop.Contracts;
using Shop.Databases;

namespace Shop.Catalog;

/// <summary>The catalogue in this Region's copy of the database.</summary>
internal sealed class MySqlCatalogStore(MySqlDatabase database) : ICatalogStore
{
    private const string Columns =
        """
        p.product_id, p.name, p.description, p.image_url, p.price, p.currency, p.`count`,
        (SELECT GROUP_CONCAT(t.name ORDER BY t.tag_id) FROM product_tag pt JOIN tag t ON t.tag_id = pt.tag_id WHERE pt.product_id = p.product_id)
        """;

    public Task<ProductPage> ListAsync(CatalogQuery query, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (connection, token) =>
            {
                await using var command = new MySqlCommand { Connection = connection };
                var filter = Filter(command, query.Tags, query.Search);
                command.CommandText =
                    $"""
                    SELECT {Columns} FROM product p {filter} ORDER BY {OrderBy(query.Order)} LIMIT @size OFFSET @skip;
                    SELECT COUNT(*) FROM product p {filter};
                    """;
                command.Parameters.AddWithValue("@size", query.Size);
                command.Parameters.AddWithValue("@skip", query.Skip);
                await using var row = await command.ExecuteReaderAsync(token);
                var products = await ReadAsync(row, token);
                await row.NextResultAsync(token);
                await row.ReadAsync(token);
                return new ProductPage(products, ToInt(row.GetValue(0)));
            },
            cancellationToken);

    public Task<int> CountAsync(IReadOnlyList<string> tags, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (connection, token) =>
            {
                await using var command = new MySqlCommand { Connection = connection };
                command.CommandText = $"SELECT COUNT(*) FROM product p {Filter(command, tags, search: "")}";
                return ToInt(await command.ExecuteScalarAsync(token));
            },
            cancellationToken);

    public Task<IReadOnlyList<ProductTag>> TagsAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ProductTag>>(
            async (connection, token) =>
            {
                await using var command = new MySqlCommand("SELECT name, display_name FROM tag ORDER BY tag_id", connection);
                await using var row = await command.ExecuteReaderAsync(token);
                var tags = new List<ProductTag>();
                while (await row.ReadAsync(token))
                {
                    tags.Add(new ProductTag(row.GetString(0), row.GetString(1)));
                }

                return tags;
            },
            cancellationToken);

    public Task<Product?> FindAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (connection, token) =>
            {
                await using var command = new MySqlCommand($"SELECT {Columns} FROM product p WHERE p.product_id = @id", connection);
                command.Parameters.AddWithValue("@id", id);
                await using var row = await command.ExecuteReaderAsync(token);
                return (await ReadAsync(row, token)).SingleOrDefault();
            },
            cancellationToken);

    public Task CheckAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (connection, token) =>
            {
                await using var command = new MySqlCommand("SELECT COUNT(*) FROM tag", connection);
                return ToInt(await command.ExecuteScalarAsync(token));
            },
            cancellationToken);

    private static string Filter(MySqlCommand command, IReadOnlyList<string> tags, string search)
    {
        var conditions = new List<string>();
        if (tags.Count > 0)
        {
            var names = tags.Select((tag, i) => Add(command, string.Create(CultureInfo.InvariantCulture, $"@tag{i}"), tag));
            conditions.Add(
                "EXISTS (SELECT 1 FROM product_tag f JOIN tag ft ON ft.tag_id = f.tag_id"
                + $" WHERE f.product_id = p.product_id AND ft.name IN ({string.Join(',', names)}))");
        }

        if (search.Length > 0)
        {
            var pattern = Add(command, "@search", $"%{search.Replace("!", "!!", StringComparison.Ordinal)
                .Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%");
            conditions.Add($"(p.name LIKE {pattern} ESCAPE '!' OR p.description LIKE {pattern} ESCAPE '!')");
        }

        return conditions.Count > 0 ? $"WHERE {string.Join(" AND ", conditions)}" : "";
    }

    private static string Add(MySqlCommand command, string name, string value)
    {
        command.Parameters.AddWithValue(name, value);
        return name;
    }

    private static string OrderBy(ProductOrder order) => order switch
    {
        ProductOrder.Name => "p.name, p.product_id",
        ProductOrder.PriceAscending => "p.price, p.product_id",
        ProductOrder.PriceDescending => "p.price DESC, p.product_id",
        _ => throw new ArgumentOutOfRangeException(nameof(order), order, "Expected a way to order products."),
    };

    private static async Task<List<Product>> ReadAsync(MySqlDataReader row, CancellationToken cancellationToken)
    {
        var products = new List<Product>();
        while (await row.ReadAsync(cancellationToken))
        {
            products.Add(new Product(
                row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4), row.GetString(5), row.GetInt32(6),
                row.IsDBNull(7) ? [] : row.GetString(7).Split(',')));
        }

        return products;
    }

    private static int ToInt(object? count) => Convert.ToInt32(count, CultureInfo.InvariantCulture);
}
