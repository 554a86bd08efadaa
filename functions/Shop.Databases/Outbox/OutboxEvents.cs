using System.Security.Cryptography;
using System.Text;

namespace Shop.Databases.Outbox;

public static class OutboxEvents
{
    /// <summary>
    /// The id of an order's event of one type: the same wherever and whenever it is computed, so that an order replayed
    /// after a failover does not look like a second event to a consumer (RFC 9562, version 8).
    /// </summary>
    public static Guid IdFor(Guid orderId, string type)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{orderId:D}/{type}"));
        var id = hash.AsSpan(0, 16);
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
