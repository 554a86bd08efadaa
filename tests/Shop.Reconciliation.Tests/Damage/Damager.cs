using MySqlConnector;
using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Tests.Servers;

namespace Shop.Reconciliation.Tests.Damage;

/// <summary>Fills two databases alike, then writes on each what the other never sees, and remembers what a report must say of each aggregate.</summary>
internal sealed class Damager(MySqlConnection old, MySqlConnection current, bool isPair, int seed)
{
    private static readonly string?[] Texts =
        [null, "", "a", "#", "##", "a#b", "1#2", "x#", "#y#", "O'Hara", "\"x\"", "back\\slash", "naïve ☕ 漢字 🦊", "NULL", " ", "=1+1", "line\r\nbreak"];

    private readonly Random _random = new(seed);
    private readonly List<string[]> _alive = [];
    private readonly HashSet<string> _deleted = new(StringComparer.Ordinal);
    private readonly HashSet<string> _silent = new(StringComparer.Ordinal);
    private readonly HashSet<string> _versioned = new(StringComparer.Ordinal);

    /// <summary>Aggregates that a write reached on one side only, and the class that this makes them.</summary>
    public Dictionary<string, DifferenceClass> Expected { get; } = new(StringComparer.Ordinal);

    /// <summary>How many rows both sides have before the damage; a few by chance if nobody says.</summary>
    public int? Rows { get; init; }

    private string KeyCondition => isPair ? "tenant = @k0 AND code = @k1" : "id = @k0";

    private string ChildCondition => isPair ? KeyCondition : "parent_id = @k0";

    public static string Text(IEnumerable<string> key) => string.Join('/', key);

    public async Task RunAsync()
    {
        // One seed in six has nothing but two exchanged values in one range, which nothing else gives away.
        var isQuiet = seed % 6 == 1;
        for (var i = Rows ?? (isQuiet ? 20 : _random.Next(5, 120)); i > 0; i--)
        {
            _alive.Add(await InsertAsync([old, current], Between(-7200, -60)));
        }

        // The row by which the engine learns how far replication came. Nothing touches it.
        await InsertAsync([old, current], Moments.LastReplicated);
        if (isQuiet)
        {
            await SwapAsync(_alive[0], _alive[1]);
            return;
        }

        for (var i = _random.Next(0, 14); i > 0; i--)
        {
            await LoseWriteAsync();
        }

        for (var i = _random.Next(0, 12); i > 0; i--)
        {
            await WriteLiveAsync();
        }
    }

    private async Task LoseWriteAsync()
    {
        if (_random.Next(3) == 0)
        {
            Expected[Text(await InsertAsync([old], Between(-25, -1)))] = DifferenceClass.Missing;
            return;
        }

        var key = Pick();
        switch (_random.Next(9))
        {
            case 7 when _random.Next(2) == 0:
                await RenameAsync(key);
                return;
            case 0:
                await DeleteAsync(old, key);
                _deleted.Add(Text(key));
                Expected[Text(key)] = DifferenceClass.Resurrected;
                return;
            case 1:
                // Two rows exchange values of equal length: the XOR of their CRCs stays what it was.
                await SwapAsync(key, Pick());
                return;
            case 2 or 4:
                await RespellAsync(key);
                Silently(key);
                return;
            case 3:
                await ChangeAsync(old, key, version: null);
                Silently(key);
                return;
            default:
                await ChangeAsync(old, key, Between(-25, -1));
                _versioned.Add(Text(key));
                Expected[Text(key)] = DifferenceClass.Changed;
                return;
        }
    }

    private void Silently(string[] key)
    {
        _silent.Add(Text(key));
        Expected.TryAdd(Text(key), DifferenceClass.Changed);
    }

    private async Task WriteLiveAsync()
    {
        if (_random.Next(2) == 0)
        {
            Expected[Text(await InsertAsync([current], Between(12, 300)))] = DifferenceClass.Extra;
            return;
        }

        var key = _alive[_random.Next(_alive.Count)];
        if (_silent.Contains(Text(key)) && !_versioned.Contains(Text(key)))
        {
            // A silent change under a later update can't be told from it: the report says so as a warning.
            return;
        }

        if (_random.Next(8) == 0 && !_deleted.Contains(Text(key)))
        {
            await DeleteAsync(current, key);
            _deleted.Add(Text(key));
            Expected[Text(key)] = DifferenceClass.Missing;
            return;
        }

        await ChangeAsync(current, key, Between(12, 300));
        Expected.TryAdd(Text(key), DifferenceClass.Extra);
    }

    private DateTimeOffset Between(int fromSeconds, int toSeconds) =>
        Moments.FailoverStartedAt.AddMilliseconds(_random.Next(fromSeconds * 1000, toSeconds * 1000));

    private string[] Pick()
    {
        while (true)
        {
            var key = _alive[_random.Next(_alive.Count)];
            if (!_deleted.Contains(Text(key)))
            {
                return key;
            }
        }
    }

    private string? Text() => _random.Next(4) == 0 ? null : Texts[_random.Next(Texts.Length)];

    private async Task<string[]> InsertAsync(MySqlConnection[] sides, DateTimeOffset at)
    {
        var bytes = new byte[16];
        _random.NextBytes(bytes);
        string[] key = isPair ? [_random.Next(-3, 4).ToString(), $"c{_random.Next(1_000_000)}"] : [new Guid(bytes).ToString()];
        var columns = isPair ? "tenant, code" : "id";
        object?[] values = [Text(), Text(), _random.Next(3) == 0 ? null : _random.Next(1000) / 8m, _random.Next(3) == 0 ? null : bytes[..4], Text()];
        var total = _random.Next(100, 99999);
        var items = Enumerable.Range(0, _random.Next(0, 4)).Select(n => (Sku: $"sku-{n}", Quantity: _random.Next(1, 9), Hint: Text())).ToList();
        var isLive = sides is [var only] && only == current;
        foreach (var side in sides)
        {
            await ExecuteAsync(
                side, key,
                $"INSERT INTO parent ({columns}, created_on, updated_at, region, epoch, currency, total, email, note, remark, weight, token, label, flags, code_word, seen) "
                + $"VALUES ({(isPair ? "@k0, @k1" : "@k0")}, @v0, @v0, @v1, @v2, 'USD', @v3, @v4, @v5, @v6, @v7, @v8, @v9, b'101', LPAD(@v3 * 7919 % 1000000, 6, '0'), IF(@v3 % 3 = 0, NULL, @v0))",
                [at.UtcDateTime, isLive ? "us-west-2" : "us-east-1", isLive ? 2 : 1, total, $"{total}@example.com", .. values]);
            foreach (var item in items)
            {
                await InsertChildAsync(side, key, item.Sku, item.Quantity, item.Hint);
            }
        }

        if (_random.Next(4) == 0)
        {
            foreach (var side in sides)
            {
                await ExecuteAsync(side, key, $"UPDATE parent SET note = 'x#y', remark = 'z' WHERE {KeyCondition}", []);
            }
        }

        return key;
    }

    private async Task InsertChildAsync(MySqlConnection side, string[] key, string sku, int quantity, string? hint) => await ExecuteAsync(
        side, key,
        $"INSERT IGNORE INTO child ({(isPair ? "tenant, code" : "parent_id")}, sku, quantity, cost, hint) "
        + $"VALUES ({(isPair ? "@k0, @k1" : "@k0")}, @v0, @v1, @v1 * 100, @v2)",
        [sku, quantity, hint]);

    private async Task DeleteAsync(MySqlConnection side, string[] key)
    {
        await ExecuteAsync(side, key, $"DELETE FROM child WHERE {ChildCondition}", []);
        await ExecuteAsync(side, key, $"DELETE FROM parent WHERE {KeyCondition}", []);
    }

    private async Task ChangeAsync(MySqlConnection side, string[] key, DateTimeOffset? version)
    {
        switch (_random.Next(11))
        {
            case 8:
                // Equal to any collation that does not see case.
                await ExecuteAsync(side, key, $"UPDATE parent SET note = IF(BINARY note = BINARY UPPER(note), LOWER(note), UPPER(note)) WHERE {KeyCondition}", []);
                break;
            case 9:
                // Equal to any collation that pads.
                await ExecuteAsync(side, key, $"UPDATE parent SET remark = CONCAT(COALESCE(remark, ''), ' ') WHERE {KeyCondition}", []);
                break;
            case 10:
                await ExecuteAsync(side, key, $"UPDATE parent SET seen = COALESCE(seen, '2026-03-29 01:30:00') + INTERVAL 1 HOUR WHERE {KeyCondition}", []);
                break;
            case 0:
                await ExecuteAsync(side, key, $"UPDATE parent SET total = total + @v0 WHERE {KeyCondition}", [_random.Next(1, 50)]);
                break;
            case 1:
                await ExecuteAsync(side, key, $"UPDATE parent SET note = @v0 WHERE {KeyCondition}", [Text()]);
                break;
            case 2:
                await ExecuteAsync(side, key, $"UPDATE parent SET note = IF(note IS NULL, '', NULL) WHERE {KeyCondition}", []);
                break;
            case 3:
                // The values change places: a hash that forgets which column a value, or a NULL, is in does not see it.
                var places = await ReadAsync(side, key, "note, remark");
                await ExecuteAsync(side, key, $"UPDATE parent SET note = @v1, remark = @v0 WHERE {KeyCondition}", places);
                break;
            case 4:
                await ExecuteAsync(side, key, $"UPDATE parent SET weight = IF(weight IS NULL, 0, NULL), token = x'00', flags = b'011' WHERE {KeyCondition}", []);
                break;
            case 5:
                await InsertChildAsync(side, key, $"sku-{_random.Next(9)}", 1, Text());
                break;
            case 6:
                await ExecuteAsync(side, key, $"UPDATE child SET hint = @v0, quantity = quantity + 1 WHERE {ChildCondition} LIMIT 1", [Text()]);
                break;
            default:
                await ExecuteAsync(side, key, $"DELETE FROM child WHERE {ChildCondition} LIMIT 1", []);
                break;
        }

        if (version is { } at)
        {
            await ExecuteAsync(side, key, $"UPDATE parent SET updated_at = @v0 WHERE {KeyCondition}", [at.UtcDateTime]);
        }
    }

    private async Task SwapAsync(string[] a, string[] b)
    {
        var words = (A: await ReadAsync(old, a, "code_word"), B: await ReadAsync(old, b, "code_word"));
        await ExecuteAsync(old, a, $"UPDATE parent SET code_word = @v0 WHERE {KeyCondition}", words.B);
        await ExecuteAsync(old, b, $"UPDATE parent SET code_word = @v0 WHERE {KeyCondition}", words.A);
        Silently(a);
        Silently(b);
    }

    /// <summary>The same characters in the same order, but the border between two values, or the place of a NULL, is another.</summary>
    private async Task RespellAsync(string[] key)
    {
        if (_random.Next(2) == 0)
        {
            await ExecuteAsync(old, key, $"UPDATE parent SET note = @v1, remark = @v0 WHERE {KeyCondition}", await ReadAsync(old, key, "note, remark"));
            return;
        }

        await ExecuteAsync(old, key, $"UPDATE parent SET note = 'x', remark = 'y#z' WHERE {KeyCondition} AND note = 'x#y' AND remark = 'z'", []);
    }

    /// <summary>The key in capitals on the old side: to the collation the same, to the bytes another.</summary>
    private async Task RenameAsync(string[] key)
    {
        string[] twin = [.. key.Select(k => k.ToUpperInvariant())];
        if (Text(twin) == Text(key) || !_deleted.Add(Text(key)))
        {
            return;
        }

        var (name, owner) = isPair ? ("code", "code") : ("id", "parent_id");
        await ExecuteAsync(old, key, $"UPDATE child SET {owner} = UPPER({owner}) WHERE {ChildCondition}", []);
        await ExecuteAsync(old, key, $"UPDATE parent SET {name} = UPPER({name}) WHERE {KeyCondition}", []);
        Expected[Text(key)] = DifferenceClass.Resurrected;
        Expected[Text(twin)] = DifferenceClass.Missing;
    }

    private async Task<object?[]> ReadAsync(MySqlConnection side, string[] key, string columns)
    {
        await using var command = Command(side, key, $"SELECT {columns} FROM parent WHERE {KeyCondition}", []);
        await using var reader = await command.ExecuteReaderAsync();
        var values = new object[reader.FieldCount];
        return await reader.ReadAsync() && reader.GetValues(values) > 0 ? values : new object?[values.Length];
    }

    private static async Task ExecuteAsync(MySqlConnection side, string[] key, string sql, object?[] values)
    {
        await using var command = Command(side, key, sql, values);
        await command.ExecuteNonQueryAsync();
    }

    private static MySqlCommand Command(MySqlConnection side, string[] key, string sql, object?[] values)
    {
        var command = new MySqlCommand(sql, side);
        foreach (var (value, i) in key.Select((v, i) => (v, i)))
        {
            command.Parameters.AddWithValue($"@k{i}", value);
        }

        foreach (var (value, i) in values.Select((v, i) => (v, i)))
        {
            command.Parameters.AddWithValue($"@v{i}", value);
        }

        return command;
    }
}
