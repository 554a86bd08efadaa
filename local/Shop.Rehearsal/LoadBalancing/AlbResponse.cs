using Microsoft.Extensions.Primitives;

namespace Shop.Rehearsal.LoadBalancing;

/// <summary>A function's answer, as a load balancer understood it.</summary>
public sealed record AlbResponse(
    int Status, string? Reason, IReadOnlyList<KeyValuePair<string, StringValues>> Headers, ReadOnlyMemory<byte> Body);
