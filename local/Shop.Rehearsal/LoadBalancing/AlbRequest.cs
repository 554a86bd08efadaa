using Microsoft.Extensions.Primitives;

namespace Shop.Rehearsal.LoadBalancing;

/// <summary>A request as a load balancer hands it to a function.</summary>
/// <param name="Path">Percent-encoded, as it came.</param>
/// <param name="Query">Without the question mark, percent-encoded, as it came.</param>
public sealed record AlbRequest(
    string Method, string Path, string Query, IReadOnlyList<KeyValuePair<string, StringValues>> Headers, ReadOnlyMemory<byte> Body);
