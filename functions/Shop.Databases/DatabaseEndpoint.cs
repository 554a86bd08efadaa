using System.Globalization;

namespace Shop.Databases;

public sealed record DatabaseEndpoint(string Host, uint Port)
{
    public static DatabaseEndpoint Parse(string variable, string value)
    {
        var colon = value.LastIndexOf(':');
        return colon > 0 && uint.TryParse(value.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? new DatabaseEndpoint(value[..colon], port)
            : throw new InvalidOperationException($"{variable} is '{value}'; expected host:port.");
    }

    public override string ToString() => $"{Host}:{Port}";
}
